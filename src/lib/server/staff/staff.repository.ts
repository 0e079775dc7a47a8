import type { ActingStaff } from '#lib/domain/access/four-eyes.ts';
import type { StaffRole } from '#lib/domain/access/permission.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** A member of staff as the use cases see them; `enrolledAt` and what is hashed or sealed are null until they enrolled. */
export interface StaffRow {
	readonly id: string;
	readonly login: string;
	readonly name: string;
	readonly role: StaffRole;
	readonly cardholderId: string | null;
	readonly passwordHash: string | null;
	readonly totpSecretSealed: Buffer | null;
	readonly totpLastStep: number | null;
	readonly createdAt: Date;
	readonly enrolledAt: Date | null;
	readonly disabledAt: Date | null;
	readonly languages: readonly string[];
	readonly skills: readonly string[];
}

const COLUMNS = [
	'id',
	'login',
	'name',
	'role',
	'cardholder_id as cardholderId',
	'password_hash as passwordHash',
	'totp_secret_sealed as totpSecretSealed',
	'totp_last_step as totpLastStep',
	'created_at as createdAt',
	'enrolled_at as enrolledAt',
	'disabled_at as disabledAt',
	'languages',
	'skills',
] as const;

/** The new id; undefined where the login is taken. */
export async function insertStaff(
	trx: Trx,
	staff: { login: string; name: string; role: StaffRole; cardholderId: string | null },
): Promise<string | undefined> {
	const row = await trx
		.insertInto('staff')
		.values({ login: staff.login, name: staff.name, role: staff.role, cardholder_id: staff.cardholderId })
		.onConflict((conflict) => conflict.column('login').doNothing())
		.returning('id')
		.executeTakeFirst();
	return row?.id;
}

export async function findStaffByLogin(db: DbOrTrx, login: string): Promise<StaffRow | undefined> {
	return db.selectFrom('staff').select(COLUMNS).where('login', '=', login).executeTakeFirst();
}

export async function findStaff(db: DbOrTrx, staffId: string): Promise<StaffRow | undefined> {
	return db.selectFrom('staff').select(COLUMNS).where('id', '=', staffId).executeTakeFirst();
}

export async function lockStaff(trx: Trx, staffId: string): Promise<StaffRow | undefined> {
	return trx.selectFrom('staff').select(COLUMNS).where('id', '=', staffId).forUpdate().executeTakeFirst();
}

export async function listStaffRows(db: DbOrTrx): Promise<StaffRow[]> {
	return db
		.selectFrom('staff')
		.select(COLUMNS)
		.orderBy('disabled_at', (o) => o.asc().nullsFirst())
		.orderBy('login')
		.execute();
}

export async function saveEnrolled(
	trx: Trx,
	staff: { id: string; passwordHash: string; totpSecretSealed: Buffer; totpLastStep: number; at: Date },
): Promise<void> {
	await trx
		.updateTable('staff')
		.set({
			password_hash: staff.passwordHash,
			totp_secret_sealed: staff.totpSecretSealed,
			totp_last_step: staff.totpLastStep,
			enrolled_at: staff.at,
		})
		.where('id', '=', staff.id)
		.execute();
}

/** Whoever enrols with a passkey has no password and no app any more. */
export async function saveEnrolledByPasskey(trx: Trx, { id, at }: { id: string; at: Date }): Promise<void> {
	await trx
		.updateTable('staff')
		.set({ password_hash: null, totp_secret_sealed: null, totp_last_step: null, enrolled_at: at })
		.where('id', '=', id)
		.execute();
}

export async function saveUsedStep(trx: Trx, { staffId, step }: { staffId: string; step: number }): Promise<void> {
	await trx.updateTable('staff').set({ totp_last_step: step }).where('id', '=', staffId).execute();
}

export async function saveDisabled(trx: Trx, { staffId, at }: { staffId: string; at: Date }): Promise<void> {
	await trx.updateTable('staff').set({ disabled_at: at }).where('id', '=', staffId).execute();
}

/** What somebody reads and is practised in. */
export async function saveKnowledge(
	trx: Trx,
	{ staffId, languages, skills }: { staffId: string; languages: readonly string[]; skills: readonly string[] },
): Promise<void> {
	await trx
		.updateTable('staff')
		.set({ languages: [...languages], skills: [...skills] })
		.where('id', '=', staffId)
		.execute();
}

/** A member of the staff as one who acts, locked until the end of the transaction. */
export async function lockActing(trx: Trx, staffId: string): Promise<ActingStaff | undefined> {
	const row = await trx
		.selectFrom('staff')
		.select(['id', 'role', 'disabled_at'])
		.where('id', '=', staffId)
		.forShare()
		.executeTakeFirst();
	return row && { staffId: row.id, role: row.role, isDisabled: row.disabled_at !== null };
}
