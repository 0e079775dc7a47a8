import { beforeAll, expect, test } from 'vitest';
import { now } from '#lib/server/clock.ts';
import { addStaff } from '#lib/server/staff/add-staff.ts';
import { enrolDemoStaff } from '#lib/server/staff/enrol-demo-staff.ts';
import { enrolStaff } from '#lib/server/staff/enrol-staff.ts';
import { renewEnrolment } from '#lib/server/staff/issue-enrolment.ts';
import { listDemoCodes } from '#lib/server/staff/list-demo-codes.ts';
import { codeOfStep, newTotpSecret, stepAt } from '#lib/server/staff/one-time-code.ts';
import { findEnrolment } from '#lib/server/staff/read-enrolment.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const actor = { kind: 'command', id: null } as const;
const password = 'correct horse battery';

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

async function invite(login: string): Promise<{ staffId: string; token: string; code: string }> {
	const added = await addStaff(database.db, { login, name: 'Lin', role: 'agent', actor });
	if (!added.ok) throw new Error(added.refusal);
	return { staffId: added.staffId, ...(await linkOf(added.url)) };
}

async function linkOf(url: string): Promise<{ token: string; code: string }> {
	const token = url.slice(url.lastIndexOf('/') + 1);
	const enrolment = await findEnrolment(database.db, token);
	return { token, code: codeOfStep(enrolment?.secret ?? '', stepAt(now())) };
}

test('an enrolment link works once', async () => {
	const { token, code } = await invite('once');
	expect(await enrolStaff(database.db, { token, password, code })).toMatchObject({ ok: true });
	expect(await enrolStaff(database.db, { token, password, code })).toEqual({ ok: false, refusal: 'link_over' });
	expect(await findEnrolment(database.db, token)).toBeUndefined();
});

test('of two who use one link at the same moment one is enrolled', async () => {
	const { token, code } = await invite('race');
	const outcomes = await Promise.all([1, 2, 3].map(() => enrolStaff(database.db, { token, password, code })));
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
});

test('a link older than seven days does not work', async () => {
	const { staffId, token, code } = await invite('late');
	const link = await database.db
		.selectFrom('staff_enrolment')
		.selectAll()
		.where('staff_id', '=', staffId)
		.executeTakeFirstOrThrow();
	expect(link.expires_at.getTime() - link.created_at.getTime()).toBe(7 * 86_400_000);
	await database.db.updateTable('staff_enrolment').set({ expires_at: now() }).where('staff_id', '=', staffId).execute();
	expect(await enrolStaff(database.db, { token, password, code })).toEqual({ ok: false, refusal: 'link_over' });
});

test('a new link ends the one before', async () => {
	const { staffId, token, code } = await invite('again');
	const renewed = await renewEnrolment(database.db, { staffId, actor });
	if (!renewed.ok) throw new Error(renewed.refusal);
	expect(await enrolStaff(database.db, { token, password, code })).toEqual({ ok: false, refusal: 'link_over' });
	const fresh = await linkOf(renewed.url);
	expect(await enrolStaff(database.db, { ...fresh, password })).toMatchObject({ ok: true });
});

test('neither the token nor the secret stands in the database', async () => {
	const { staffId, token } = await invite('sealed');
	const enrolment = await findEnrolment(database.db, token);
	const row = await database.db
		.selectFrom('staff_enrolment')
		.selectAll()
		.where('staff_id', '=', staffId)
		.executeTakeFirstOrThrow();
	for (const bytes of [row.token_hash, row.totp_secret_sealed]) {
		expect(bytes.includes(Buffer.from(token))).toBe(false);
		expect(bytes.includes(Buffer.from(enrolment?.secret ?? '?'))).toBe(false);
	}
});

test('a refused enrolment changes nothing, and the link still works', async () => {
	const { token, code } = await invite('lin.wei');
	const refusals = [];
	for (const [typed, typedCode] of [
		['too short', code],
		['my lin.wei login', code],
		['aaaaaaaaaaaaaaaa', code],
		[password, '000 000'],
	] as const) {
		const outcome = await enrolStaff(database.db, { token, password: typed, code: typedCode });
		refusals.push(outcome.ok ? 'enrolled' : outcome.refusal);
	}
	expect(refusals).toEqual(['password_short', 'password_guessable', 'password_guessable', 'code_wrong']);
	expect(await enrolStaff(database.db, { token, password, code })).toMatchObject({ ok: true });
});

test('a login is taken once, whatever its case, and must be one', async () => {
	const staff = { name: 'Lin', role: 'agent', actor } as const;
	expect(await addStaff(database.db, { ...staff, login: 'Taken' })).toMatchObject({ ok: true });
	expect(await addStaff(database.db, { ...staff, login: 'taken' })).toEqual({ ok: false, refusal: 'login_taken' });
	expect(await addStaff(database.db, { ...staff, login: 'a b' })).toEqual({ ok: false, refusal: 'login_malformed' });
	expect(await addStaff(database.db, { ...staff, login: 'ok', name: ' ' })).toEqual({
		ok: false,
		refusal: 'name_missing',
	});
});

test('demo staff enrol with a given password and secret, and their present code is told', async () => {
	const totpSecret = newTotpSecret();
	await enrolDemoStaff(database.db, { login: 'demo', name: 'Demo', role: 'support', password, totpSecret });
	const [told] = (await listDemoCodes(database.db)).filter(({ login }) => login === 'demo');
	const step = stepAt(now());
	expect([codeOfStep(totpSecret, step), codeOfStep(totpSecret, step - 1)]).toContain(told?.code);
});
