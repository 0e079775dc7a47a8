import type { StaffRole } from '#lib/domain/access/permission.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { issueEnrolment } from '#lib/server/staff/issue-enrolment.ts';
import { insertStaff } from '#lib/server/staff/staff.repository.ts';

/** Who is to work here. `cardholderId` names the customer that this person is, where they are one. */
export interface NewStaff {
	readonly login: string;
	readonly name: string;
	readonly role: StaffRole;
	readonly cardholderId?: string | null;
	/** Who adds them; an operator on the command line where it is left out. */
	readonly actor?: Actor;
}

export type AddStaffRefusal = 'login_malformed' | 'login_taken' | 'name_missing';

export type AddStaffOutcome =
	| { readonly ok: true; readonly staffId: string; readonly url: string }
	| { readonly ok: false; readonly refusal: AddStaffRefusal };

/**
 * Adds a member of staff, who cannot sign in until they have enrolled. `url` is their one-time enrolment link, good for
 * seven days; it is told once and kept nowhere.
 */
export async function addStaff(db: Db, staff: NewStaff): Promise<AddStaffOutcome> {
	return db.transaction().execute((trx) => addStaffIn(trx, staff));
}

/** The same inside a transaction; `totpSecret` (base32) gives the authenticator app's secret instead of a random one. */
export async function addStaffIn(trx: Trx, staff: NewStaff, totpSecret?: string): Promise<AddStaffOutcome> {
	const login = staff.login.normalize('NFKC').trim().toLowerCase();
	const name = plainText(staff.name);
	if (!LOGIN.test(login)) return { ok: false, refusal: 'login_malformed' };
	if (name === '') return { ok: false, refusal: 'name_missing' };
	const staffId = await insertStaff(trx, { login, name, role: staff.role, cardholderId: staff.cardholderId ?? null });
	if (staffId === undefined) return { ok: false, refusal: 'login_taken' };
	const actor = staff.actor ?? { kind: 'command', id: null };
	const detail = { role: staff.role };
	await appendAudit(trx, { actor, action: 'staff.added', subjectKind: 'staff', subjectId: staffId, detail });
	return { ok: true, staffId, url: await issueEnrolment(trx, { staffId, actor, totpSecret }) };
}

/** 2 to 64 letters, digits, dots, dashes and underscores, beginning with a letter or digit. */
const LOGIN = /^[a-z0-9][a-z0-9._-]{1,63}$/;
