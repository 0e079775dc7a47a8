import { beforeAll, expect, test } from 'vitest';
import type { StaffRole } from '#lib/domain/access/permission.ts';
import { now } from '#lib/server/clock.ts';
import { readStaffSession } from '#lib/server/session/read-session.ts';
import { disableStaff } from '#lib/server/staff/disable-staff.ts';
import { enrolDemoStaff } from '#lib/server/staff/enrol-demo-staff.ts';
import { codeOfStep, newTotpSecret, stepAt } from '#lib/server/staff/one-time-code.ts';
import { signInStaff } from '#lib/server/staff/sign-in-staff.ts';
import { signOutStaff } from '#lib/server/staff/sign-out-staff.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const password = 'correct horse battery';

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

async function enrolled(login: string, role: StaffRole = 'agent') {
	const totpSecret = newTotpSecret();
	const { staffId } = await enrolDemoStaff(database.db, { login, name: login, role, password, totpSecret });
	// The latest code that is taken: it stays good should the step turn while the test runs.
	return { staffId, login, password, code: codeOfStep(totpSecret, stepAt(now()) + 1), ip: '192.0.2.1', totpSecret };
}

async function auditOf(staffId: string): Promise<string[]> {
	const rows = await database.db
		.selectFrom('audit_log')
		.select(['action', 'detail'])
		.where('subject_id', '=', staffId)
		.where('action', 'like', 'staff.sign%')
		.orderBy('id')
		.execute();
	return rows.map(({ action, detail }) => ('cause' in detail ? `${action}: ${String(detail.cause)}` : action));
}

test('password and code open a session with the role of the moment', async () => {
	const staff = await enrolled('opens', 'supervisor');
	const outcome = await signInStaff(database.db, { ...staff, login: ' OPENS ' });
	if (!outcome.ok) throw new Error(outcome.refusal);
	const session = await readStaffSession(database.db, outcome.token);
	expect(session).toMatchObject({ id: staff.staffId, role: 'supervisor' });
	await signOutStaff(database.db, { staffId: staff.staffId, sessionId: session?.sessionId ?? '' });
	expect(await readStaffSession(database.db, outcome.token)).toBeUndefined();
	expect(await auditOf(staff.staffId)).toEqual(['staff.signed_in', 'staff.signed_out']);
});

test('a one-time code signs in once', async () => {
	const staff = await enrolled('replay');
	expect(await signInStaff(database.db, staff)).toMatchObject({ ok: true });
	expect(await signInStaff(database.db, staff)).toEqual({ ok: false, refusal: 'sign_in_wrong' });
	expect((await auditOf(staff.staffId)).at(-1)).toBe('staff.sign_in_refused: code_used');
});

test('of two sign-ins with one code at the same moment one succeeds', async () => {
	const staff = await enrolled('both');
	const outcomes = await Promise.all([signInStaff(database.db, staff), signInStaff(database.db, staff)]);
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
});

test('an older code is refused after a newer one was used', async () => {
	const staff = await enrolled('older');
	expect(await signInStaff(database.db, staff)).toMatchObject({ ok: true });
	const older = codeOfStep(staff.totpSecret, stepAt(now()));
	expect(await signInStaff(database.db, { ...staff, code: older })).toMatchObject({ ok: false });
});

test('the answer is the same for an unknown login, a wrong password, a wrong code and somebody disabled', async () => {
	const staff = await enrolled('same');
	const disabled = await enrolled('gone');
	await disableStaff(database.db, { staffId: disabled.staffId, actor: { kind: 'command', id: null } });
	for (const given of [
		{ ...staff, login: 'nobody' },
		{ ...staff, password: 'wrong horse battery' },
		{ ...staff, code: '12345' },
		disabled,
	]) {
		expect(await signInStaff(database.db, given)).toEqual({ ok: false, refusal: 'sign_in_wrong' });
	}
	expect(await auditOf(staff.staffId)).toEqual(['staff.sign_in_refused: password', 'staff.sign_in_refused: code']);
	expect(await auditOf(disabled.staffId)).toEqual(['staff.sign_in_refused: disabled']);
});

test('after five wrong tries at once even the right password waits, for unknown logins too', async () => {
	const staff = await enrolled('guessed');
	for (const login of [staff.login, 'no-such-login']) {
		const wrong = { ...staff, login, password: 'wrong horse battery', ip: `ip of ${login}` };
		const outcomes = await Promise.all(Array.from({ length: 9 }, () => signInStaff(database.db, wrong)));
		const refusals = outcomes.map((outcome) => (outcome.ok ? 'signed in' : outcome.refusal));
		expect(refusals.filter((refusal) => refusal === 'sign_in_wrong')).toHaveLength(5);
		expect(refusals.filter((refusal) => refusal === 'too_many_tries')).toHaveLength(4);
	}
	expect(await signInStaff(database.db, staff)).toMatchObject({ ok: false, refusal: 'too_many_tries' });
});

test('signing in starts the count of tries afresh', async () => {
	const staff = await enrolled('fresh');
	const wrong = { ...staff, password: 'wrong horse battery', ip: '192.0.2.9' };
	for (let tries = 0; tries < 4; tries++) await signInStaff(database.db, wrong);
	expect(await signInStaff(database.db, { ...staff, ip: '192.0.2.9' })).toMatchObject({ ok: true });
	expect(await signInStaff(database.db, wrong)).toMatchObject({ refusal: 'sign_in_wrong' });
});

test('disabling ends the session at once, and nobody disables themselves', async () => {
	const staff = await enrolled('shut');
	const outcome = await signInStaff(database.db, staff);
	if (!outcome.ok) throw new Error(outcome.refusal);
	const { staffId } = staff;
	expect(await disableStaff(database.db, { staffId, actor: { kind: 'staff', id: staffId } })).toEqual({
		ok: false,
		refusal: 'own_account',
	});
	expect(await disableStaff(database.db, { staffId, actor: { kind: 'command', id: null } })).toEqual({ ok: true });
	expect(await readStaffSession(database.db, outcome.token)).toBeUndefined();
});
