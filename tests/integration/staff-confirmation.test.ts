import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { now } from '#lib/server/clock.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { createStaffSession } from '#lib/server/session/start-session.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import { confirmStaff } from '#lib/server/staff/confirm-staff.ts';
import { disableStaff } from '#lib/server/staff/disable-staff.ts';
import { listDemoCodes } from '#lib/server/staff/list-demo-codes.ts';
import { codeOfStep, newTotpSecret, stepAt } from '#lib/server/staff/one-time-code.ts';
import { readConfirmation } from '#lib/server/staff/read-confirmation.ts';
import { enrolDemoStaff } from '#lib/server/staff/enrol-demo-staff.ts';
import { signInStaff } from '#lib/server/staff/sign-in-staff.ts';
import { MORNING, holdClock, passSeconds, useEnv } from '../support/access.ts';
import { inHand, tracesOf, UNDECIDED } from '../support/case-in-hand.ts';
import { useDatabase } from '../support/database.ts';
import { confirmedSession, makeStaff } from '../support/staff.ts';

const database = useDatabase();
const password = 'correct horse battery';

beforeEach(() => {
	useEnv();
	holdClock(MORNING);
});
afterEach(() => vi.useRealTimers());

/** Somebody signed in with the code of this moment, which is thereby used. */
async function signedIn(login: string) {
	const totpSecret = newTotpSecret();
	const { staffId } = await enrolDemoStaff(database.db, { login, name: login, role: 'agent', password, totpSecret });
	const code = (ahead: number) => codeOfStep(totpSecret, stepAt(now()) + ahead);
	const entered = await signInStaff(database.db, { login, password, code: code(0), ip: '192.0.2.1' });
	if (!entered.ok) throw new Error(entered.refusal);
	return { staffId, sessionId: sha256Hex(entered.token), code };
}

const confirmWith = (of: { staffId: string; sessionId: string }, code: string) =>
	confirmStaff(database.db, { staffId: of.staffId, sessionId: of.sessionId, proof: { by: 'code', code } });

const confirmationOf = ({ staffId, sessionId }: { staffId: string; sessionId: string }) =>
	readConfirmation(database.db, { staffId, sessionId, minutes: 10 });

async function auditOf(staffId: string): Promise<string[]> {
	const rows = await database.db
		.selectFrom('audit_log')
		.select(['action', 'detail'])
		.where('subject_id', '=', staffId)
		.where('action', 'like', 'staff.confirm%')
		.orderBy('id')
		.execute();
	return rows.map(({ action, detail }) => `${action}: ${Object.values(detail).join()}`);
}

test('signing in does not confirm: the next code does, for ten minutes, and no code counts twice', async () => {
	const lin = await signedIn('confirms');
	expect(await confirmationOf(lin)).toEqual({ isDue: true, hasApp: true, hasPasskey: false, isCodeUsed: true });
	expect(await confirmWith(lin, lin.code(0))).toEqual({ ok: false, refusal: 'code_used' });
	expect(await confirmWith(lin, '12345')).toEqual({ ok: false, refusal: 'code_wrong' });
	expect(await confirmWith(lin, lin.code(1))).toEqual({ ok: true });
	expect(await confirmWith(lin, lin.code(1))).toEqual({ ok: false, refusal: 'code_used' });
	passSeconds(600);
	expect(await confirmationOf(lin)).toMatchObject({ isDue: false, isCodeUsed: false });
	passSeconds(1);
	expect(await confirmationOf(lin)).toMatchObject({ isDue: true });
	expect(await auditOf(lin.staffId)).toEqual([
		'staff.confirmation_refused: code_used',
		'staff.confirmation_refused: code_wrong',
		'staff.confirmed: code',
		'staff.confirmation_refused: code_used',
	]);
});

test('one code given twice at the same moment confirms once', async () => {
	const lin = await signedIn('twice');
	const outcomes = await Promise.all([confirmWith(lin, lin.code(1)), confirmWith(lin, lin.code(1))]);
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
});

test('five wrong codes at once and no more are compared; then even the right one waits', async () => {
	const lin = await signedIn('guesses');
	const outcomes = await Promise.all(Array.from({ length: 9 }, () => confirmWith(lin, '12345')));
	const refusals = outcomes.map((outcome) => (outcome.ok ? 'confirmed' : outcome.refusal));
	expect(refusals.filter((refusal) => refusal === 'code_wrong')).toHaveLength(5);
	expect(await confirmWith(lin, lin.code(1))).toMatchObject({ ok: false, refusal: 'too_many_tries' });
});

test('a session of another, one that is over, and somebody disabled are not confirmed', async () => {
	const [lin, omar] = [await signedIn('owner'), await signedIn('other')];
	const crossed = { staffId: lin.staffId, sessionId: omar.sessionId };
	expect(await confirmWith(crossed, lin.code(1))).toEqual({ ok: false, refusal: 'signed_out' });
	await disableStaff(database.db, { staffId: omar.staffId, actor: { kind: 'command', id: null } });
	expect(await confirmWith(omar, omar.code(1))).toEqual({ ok: false, refusal: 'signed_out' });
	passSeconds(31 * 60);
	expect(await confirmWith(lin, lin.code(0))).toEqual({ ok: false, refusal: 'signed_out' });
});

test('nothing is decided without a confirmation, in a session that is another’s, or eleven minutes after one', async () => {
	const held = await inHand(database.db);
	const { token } = await createStaffSession(database.db, { staffId: held.staffId });
	const stranger = await makeStaff(database.db, 'stranger');
	for (const sessionId of [sha256Hex(token), await confirmedSession(database.db, stranger), '']) {
		const outcome = await decideApplication(database.db, { ...held.order, sessionId });
		expect(outcome).toEqual({ ok: false, refusal: 'not_confirmed' });
	}
	passSeconds(601);
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'not_confirmed' });
	expect(await tracesOf(database.db, held)).toEqual(UNDECIDED);
});

test('a confirmation stands as long as the bank says', async () => {
	const held = await inHand(database.db);
	await setMinutes(1);
	passSeconds(61);
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'not_confirmed' });
	await setMinutes(10);
	expect(await decideApplication(database.db, held.order)).toMatchObject({ ok: true });
});

async function setMinutes(confirmMinutes: number): Promise<void> {
	const value = JSON.stringify({ leaseMinutes: 15, promisedWorkingDays: 3, confirmMinutes });
	await database.db.updateTable('setting').set({ value }).where('key', '=', 'review').execute();
}

test('the demo tells the next code that will be taken, and none while there is none', async () => {
	const lin = await signedIn('demo');
	const told = async () => (await listDemoCodes(database.db)).find(({ login }) => login === 'demo')?.code;
	expect(await told()).toBe(lin.code(1));
	await confirmWith(lin, lin.code(1));
	expect(await told()).toBeNull();
	passSeconds(30);
	expect(await told()).toBe(lin.code(1));
});
