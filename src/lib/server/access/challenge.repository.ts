import type { Challenge } from '#lib/domain/access/code.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** One browser's way from asking for a code to signing in. `cardholderId` is null where nobody fits what was typed. */
export interface ChallengeRow extends Challenge {
	readonly id: string;
	readonly targetHash: Buffer;
	readonly accessLinkId: string | null;
	readonly cardholderId: string | null;
	readonly accountId: string | null;
	readonly codeSeed: Buffer;
}

export async function findChallenge(db: DbOrTrx, id: string): Promise<ChallengeRow | undefined> {
	return selectChallenges(db).where('id', '=', id).executeTakeFirst();
}

/** The newest challenge of a browser, over or not. */
export async function findChallengeOfBrowser(db: DbOrTrx, browserHash: Buffer): Promise<ChallengeRow | undefined> {
	return newestOfBrowser(db, browserHash).executeTakeFirst();
}

/** The same, locked, so that two tries at once are counted one after the other. */
export async function lockChallengeOfBrowser(trx: Trx, browserHash: Buffer): Promise<ChallengeRow | undefined> {
	return newestOfBrowser(trx, browserHash).forUpdate().executeTakeFirst();
}

/** The newest open challenge of a browser about one target, locked. */
export async function lockOpenChallenge(
	trx: Trx,
	{ browserHash, targetHash, at }: { browserHash: Buffer; targetHash: Buffer; at: Date },
): Promise<ChallengeRow | undefined> {
	return newestOfBrowser(trx, browserHash)
		.where('target_hash', '=', targetHash)
		.where('closed_at', 'is', null)
		.where('expires_at', '>', at)
		.forUpdate()
		.executeTakeFirst();
}

export async function insertChallenge(
	trx: Trx,
	challenge: Pick<
		ChallengeRow,
		'targetHash' | 'accessLinkId' | 'cardholderId' | 'accountId' | 'codeSeed' | 'expiresAt'
	> & {
		browserHash: Buffer;
		createdAt: Date;
	},
): Promise<ChallengeRow> {
	const { id } = await trx
		.insertInto('sign_in_challenge')
		.values({
			browser_hash: challenge.browserHash,
			target_hash: challenge.targetHash,
			access_link_id: challenge.accessLinkId,
			cardholder_id: challenge.cardholderId,
			account_id: challenge.accountId,
			code_seed: challenge.codeSeed,
			created_at: challenge.createdAt,
			expires_at: challenge.expiresAt,
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return { ...challenge, id, sends: 0, tries: 0, lastSentAt: null, closedAt: null };
}

/** Counts one more message and gives its code its time; the tries stay as they are. */
export async function recordSend(
	trx: Trx,
	id: string,
	{ at, expiresAt }: { at: Date; expiresAt: Date },
): Promise<void> {
	await trx
		.updateTable('sign_in_challenge')
		.set((eb) => ({ sends: eb('sends', '+', 1), last_sent_at: at, expires_at: expiresAt }))
		.where('id', '=', id)
		.execute();
}

export async function recordTry(trx: Trx, id: string): Promise<void> {
	await trx
		.updateTable('sign_in_challenge')
		.set((eb) => ({ tries: eb('tries', '+', 1) }))
		.where('id', '=', id)
		.execute();
}

export async function closeChallenge(trx: Trx, id: string, at: Date): Promise<void> {
	await trx.updateTable('sign_in_challenge').set({ closed_at: at }).where('id', '=', id).execute();
}

/** Closes every open challenge of a person; returns how many there were. */
export async function closeChallengesOf(trx: Trx, cardholderId: string, at: Date): Promise<number> {
	const result = await trx
		.updateTable('sign_in_challenge')
		.set({ closed_at: at })
		.where('cardholder_id', '=', cardholderId)
		.where('closed_at', 'is', null)
		.where('expires_at', '>', at)
		.executeTakeFirst();
	return Number(result.numUpdatedRows);
}

/** Closes what was begun from links that have just been revoked: a dead link opens nothing. */
export async function closeChallengesOfLinks(trx: Trx, linkIds: readonly string[], at: Date): Promise<void> {
	if (linkIds.length === 0) return;
	await trx
		.updateTable('sign_in_challenge')
		.set({ closed_at: at })
		.where('access_link_id', 'in', linkIds)
		.where('closed_at', 'is', null)
		.execute();
}

function newestOfBrowser(db: DbOrTrx, browserHash: Buffer) {
	return selectChallenges(db).where('browser_hash', '=', browserHash).orderBy('created_at', 'desc').limit(1);
}

function selectChallenges(db: DbOrTrx) {
	return db
		.selectFrom('sign_in_challenge')
		.select([
			'id',
			'target_hash as targetHash',
			'access_link_id as accessLinkId',
			'cardholder_id as cardholderId',
			'account_id as accountId',
			'code_seed as codeSeed',
			'sends',
			'tries',
			'last_sent_at as lastSentAt',
			'expires_at as expiresAt',
			'closed_at as closedAt',
		]);
}

/** Removes challenges that belonged to nobody and were begun before an instant; those of people are kept for their timeline. */
export async function deleteNobodysChallenges(db: DbOrTrx, before: Date): Promise<void> {
	await db
		.deleteFrom('sign_in_challenge')
		.where('cardholder_id', 'is', null)
		.where('created_at', '<', before)
		.execute();
}
