import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** An enrolment link with whom it is for. */
export interface EnrolmentRow {
	readonly id: string;
	readonly staffId: string;
	readonly login: string;
	readonly name: string;
	readonly totpSecretSealed: Buffer;
	readonly expiresAt: Date;
}

export async function insertEnrolment(
	trx: Trx,
	enrolment: { staffId: string; tokenHash: Buffer; totpSecretSealed: Buffer; createdAt: Date; expiresAt: Date },
): Promise<void> {
	await trx
		.insertInto('staff_enrolment')
		.values({
			staff_id: enrolment.staffId,
			token_hash: enrolment.tokenHash,
			totp_secret_sealed: enrolment.totpSecretSealed,
			created_at: enrolment.createdAt,
			expires_at: enrolment.expiresAt,
		})
		.execute();
}

/** Ends whatever links somebody still has. */
export async function expireEnrolments(trx: Trx, { staffId, at }: { staffId: string; at: Date }): Promise<void> {
	await trx
		.updateTable('staff_enrolment')
		.set({ expires_at: at })
		.where('staff_id', '=', staffId)
		.where('used_at', 'is', null)
		.where('expires_at', '>', at)
		.execute();
}

/** The link behind a token that is unused and unexpired, of somebody who is not disabled. */
export async function findOpenEnrolment(
	db: DbOrTrx,
	{ tokenHash, at }: { tokenHash: Buffer; at: Date },
): Promise<EnrolmentRow | undefined> {
	return openEnrolments(db, { tokenHash, at }).executeTakeFirst();
}

/** The same, locked until the transaction ends; of two at once the second finds it used. */
export async function lockOpenEnrolment(
	trx: Trx,
	{ tokenHash, at }: { tokenHash: Buffer; at: Date },
): Promise<EnrolmentRow | undefined> {
	return openEnrolments(trx, { tokenHash, at }).forUpdate().executeTakeFirst();
}

export async function useEnrolment(trx: Trx, { id, at }: { id: string; at: Date }): Promise<void> {
	await trx.updateTable('staff_enrolment').set({ used_at: at }).where('id', '=', id).execute();
}

function openEnrolments(db: DbOrTrx, { tokenHash, at }: { tokenHash: Buffer; at: Date }) {
	return db
		.selectFrom('staff_enrolment as e')
		.innerJoin('staff as s', 's.id', 'e.staff_id')
		.select([
			'e.id',
			'e.staff_id as staffId',
			's.login',
			's.name',
			'e.totp_secret_sealed as totpSecretSealed',
			'e.expires_at as expiresAt',
		])
		.where('e.token_hash', '=', tokenHash)
		.where('e.used_at', 'is', null)
		.where('e.expires_at', '>', at)
		.where('s.disabled_at', 'is', null);
}
