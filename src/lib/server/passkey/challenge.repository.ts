import type { Db, Trx } from '#lib/server/db/connect.ts';
import { type PasskeyOwner } from '#lib/server/passkey/owner.ts';
import { ownerColumn } from '#lib/server/passkey/passkey.repository.ts';

/** What a challenge is for. */
export type ChallengePurpose = 'register' | 'sign_in' | 'confirm';

/** A challenge that was given; `ownerId` is null where it asks who somebody is. */
export interface PasskeyChallengeRow {
	readonly id: string;
	readonly ownerId: string | null;
	readonly expiresAt: Date;
	readonly usedAt: Date | null;
}

/** For what, to whom and to which browser or session a challenge is given. */
export interface ChallengeKey {
	readonly purpose: ChallengePurpose;
	readonly kind: PasskeyOwner['kind'];
	readonly boundHash: Buffer;
	readonly challenge: Buffer;
}

export async function insertChallenge(
	trx: Trx,
	{ purpose, kind, ...given }: ChallengeKey & { ownerId: string | null; createdAt: Date; expiresAt: Date },
): Promise<void> {
	await trx
		.insertInto('passkey_challenge')
		.values({
			purpose,
			kind,
			bound_hash: given.boundHash,
			challenge: given.challenge,
			[ownerColumn({ kind })]: given.ownerId,
			created_at: given.createdAt,
			expires_at: given.expiresAt,
		})
		.execute();
}

/** The very challenge, given for this purpose to this browser or session, locked: of two answers at once one counts. */
export async function lockChallenge(trx: Trx, key: ChallengeKey): Promise<PasskeyChallengeRow | undefined> {
	return trx
		.selectFrom('passkey_challenge')
		.select((eb) => [
			'id',
			'expires_at as expiresAt',
			'used_at as usedAt',
			eb.fn.coalesce('cardholder_id', eb.cast<string>('staff_id', 'text')).as('ownerId'),
		])
		.where('challenge', '=', key.challenge)
		.where('purpose', '=', key.purpose)
		.where('kind', '=', key.kind)
		.where('bound_hash', '=', key.boundHash)
		.forUpdate()
		.executeTakeFirst();
}

export async function saveChallengeUsed(trx: Trx, { id, at }: { id: string; at: Date }): Promise<void> {
	await trx.updateTable('passkey_challenge').set({ used_at: at }).where('id', '=', id).execute();
}

export async function deleteChallengesBefore(db: Db, before: Date): Promise<void> {
	await db.deleteFrom('passkey_challenge').where('expires_at', '<', before).execute();
}
