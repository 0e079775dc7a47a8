import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { now } from '#lib/server/clock.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import { rereadEnv } from '#lib/server/env.ts';
import { askForNewPasskey } from '#lib/server/passkey/ask-for-new-passkey.ts';
import { listPasskeys } from '#lib/server/passkey/list-passkeys.ts';
import { askForPasskey, signInWithPasskey } from '#lib/server/passkey/sign-in-with-passkey.ts';
import { readStaffSession } from '#lib/server/session/read-session.ts';
import { addStaff } from '#lib/server/staff/add-staff.ts';
import { askToConfirm } from '#lib/server/staff/ask-to-confirm.ts';
import { addStaffPasskey, removeStaffPasskey } from '#lib/server/staff/change-passkeys.ts';
import { confirmStaff } from '#lib/server/staff/confirm-staff.ts';
import { disableStaff } from '#lib/server/staff/disable-staff.ts';
import { askForEnrolmentPasskey, enrolWithPasskey } from '#lib/server/staff/enrol-with-passkey.ts';
import { enrolDemoStaff } from '#lib/server/staff/enrol-demo-staff.ts';
import { renewEnrolment } from '#lib/server/staff/issue-enrolment.ts';
import { newTotpSecret } from '#lib/server/staff/one-time-code.ts';
import { signInByPasskey } from '#lib/server/staff/sign-in-by-passkey.ts';
import { holdClock, MORNING, useEnv } from '../support/access.ts';
import { Authenticator } from '../support/authenticator.ts';
import { useDatabase } from '../support/database.ts';
import { confirmedSession } from '../support/staff.ts';

const database = useDatabase();
const ORIGIN = 'https://repay.harbour.example';
const BROWSER = 'a'.repeat(43);
const COMMAND = { kind: 'command', id: null } as const;

beforeAll(() => useEnv({ ORIGIN }));
beforeEach(() => holdClock(MORNING));
afterEach(() => vi.useRealTimers());
afterAll(() => {
	delete process.env['ORIGIN'];
	rereadEnv();
});

const tokenOf = (url: string) => url.slice(url.lastIndexOf('/') + 1);

async function enrol(token: string) {
	const options = await askForEnrolmentPasskey(database.db, token);
	if (!options) throw new Error('the link is over');
	const device = new Authenticator(ORIGIN);
	return {
		device,
		outcome: await enrolWithPasskey(database.db, { token, answer: device.create(options), name: 'Mac' }),
	};
}

/** Somebody who enrolled with a passkey in place of password and app. */
async function enrolled(login: string) {
	const added = await addStaff(database.db, { login, name: login, role: 'agent' });
	if (!added.ok) throw new Error(added.refusal);
	const token = tokenOf(added.url);
	const { device, outcome } = await enrol(token);
	if (!outcome.ok) throw new Error(outcome.refusal);
	return { staffId: added.staffId, token, device };
}

async function signIn(device: Authenticator) {
	const options = await askForPasskey(database.db, { kind: 'staff', browser: BROWSER, ip: '192.0.2.1' });
	const answer = device.get(options ?? { challenge: '' });
	return signInByPasskey(database.db, { browser: BROWSER, answer, ip: '192.0.2.1' });
}

async function addTo(staffId: string, sessionId: string) {
	const bound = { to: 'session', secret: sessionId } as const;
	const options = await askForNewPasskey(database.db, { owner: { kind: 'staff', id: staffId }, bound, label: 'x' });
	const device = new Authenticator(ORIGIN);
	if (!options) throw new Error('no passkeys here');
	const by = { staffId, sessionId, minutes: 10 };
	return { device, outcome: await addStaffPasskey(database.db, { by, answer: device.create(options), name: 'Mac' }) };
}

test('whoever enrols with a passkey signs in with it alone, and the link works once', async () => {
	const { staffId, token, device } = await enrolled('passkey-only');
	const outcome = await signIn(device);
	if (!outcome.ok) throw new Error(outcome.refusal);
	expect(await readStaffSession(database.db, outcome.token)).toMatchObject({ id: staffId, role: 'agent' });
	expect(await askForEnrolmentPasskey(database.db, token)).toBeUndefined();
	const audit = await database.db
		.selectFrom('audit_log')
		.select('action')
		.where('subject_id', '=', staffId)
		.orderBy('id')
		.execute();
	expect(audit.map(({ action }) => action)).toEqual([
		'staff.added',
		'staff.enrolment_issued',
		'staff.enrolled',
		'staff.signed_in',
	]);
});

test('a new enrolment takes away every passkey from before', async () => {
	const { staffId, device } = await enrolled('lost-it');
	const renewed = await renewEnrolment(database.db, { staffId, actor: COMMAND });
	if (!renewed.ok) throw new Error(renewed.refusal);
	const again = await enrol(tokenOf(renewed.url));
	expect(again.outcome).toMatchObject({ ok: true });
	expect(await signIn(device)).toEqual({ ok: false, refusal: 'sign_in_wrong' });
	expect(await signIn(again.device)).toMatchObject({ ok: true });
});

test('somebody disabled signs in no more, and a passkey of the staff opens no cardholder’s door', async () => {
	const { staffId, device } = await enrolled('gone');
	const options = await askForPasskey(database.db, { kind: 'cardholder', browser: BROWSER, ip: '192.0.2.1' });
	const answer = device.get(options ?? { challenge: '' });
	const entered = await signInWithPasskey(database.db, { browser: BROWSER, answer, ip: '192.0.2.1' });
	expect(entered).toEqual({ ok: false, refusal: 'not_taken' });
	await disableStaff(database.db, { staffId, actor: COMMAND });
	expect(await signIn(device)).toEqual({ ok: false, refusal: 'sign_in_wrong' });
});

test('a passkey confirms that its owner is there: once, in the session that asked, and no colleague’s does', async () => {
	const [lin, omar] = [await enrolled('lin-confirms'), await enrolled('omar-confirms')];
	const outcome = await signIn(lin.device);
	if (!outcome.ok) throw new Error(outcome.refusal);
	const session = { staffId: lin.staffId, sessionId: sha256Hex(outcome.token) };
	const asked = async () => (await askToConfirm(database.db, session)) ?? { challenge: '' };
	const prove = (answer: string) => confirmStaff(database.db, { ...session, proof: { by: 'passkey', answer } });
	const refused = { ok: false, refusal: 'passkey_not_taken' };
	expect(await prove(omar.device.get(await asked()))).toEqual(refused);
	const forSigningIn = await askForPasskey(database.db, { kind: 'staff', browser: BROWSER, ip: '192.0.2.1' });
	expect(await prove(lin.device.get(forSigningIn ?? { challenge: '' }))).toEqual(refused);
	const answer = lin.device.get(await asked());
	expect(await prove(answer)).toEqual({ ok: true });
	expect(await prove(answer)).toEqual(refused);
});

test('passkeys are changed by whoever has confirmed to be there', async () => {
	const { staffId, device } = await enrolled('changes');
	const outcome = await signIn(device);
	if (!outcome.ok) throw new Error(outcome.refusal);
	const unconfirmed = sha256Hex(outcome.token);
	expect((await addTo(staffId, unconfirmed)).outcome).toEqual({ ok: false, refusal: 'not_confirmed' });
	const [only] = await listPasskeys(database.db, { kind: 'staff', id: staffId });
	const by = { staffId, sessionId: unconfirmed, minutes: 10 };
	const removed = await removeStaffPasskey(database.db, { by, passkeyId: only?.id ?? '' });
	expect(removed).toEqual({ ok: false, refusal: 'not_confirmed' });
	const confirmed = await confirmedSession(database.db, staffId);
	const added = await addTo(staffId, confirmed);
	expect(added.outcome).toEqual({ ok: true });
	expect(await signIn(added.device)).toMatchObject({ ok: true });
});

test('the last way in stays, also of two who remove the last two at once', async () => {
	const { staffId } = await enrolled('keeps-one');
	const sessionId = await confirmedSession(database.db, staffId);
	await addTo(staffId, sessionId);
	const by = { staffId, sessionId, minutes: 10 };
	const passkeys = await listPasskeys(database.db, { kind: 'staff', id: staffId });
	const outcomes = await Promise.all(passkeys.map(({ id }) => removeStaffPasskey(database.db, { by, passkeyId: id })));
	expect(outcomes).toContainEqual({ ok: true });
	expect(outcomes).toContainEqual({ ok: false, refusal: 'last_factor' });
});

test('the database keeps the last way in by itself, and lets go of one where an app is left', async () => {
	const { staffId } = await enrolled('kept-by-database');
	const removing = database.db.updateTable('passkey').set({ removed_at: now() }).where('staff_id', '=', staffId);
	await expect(removing.execute()).rejects.toThrow('keeps a passkey or a one-time-code app');
	const app = { login: 'with-app', name: 'x', role: 'agent', password: 'correct horse battery' } as const;
	const other = await enrolDemoStaff(database.db, { ...app, totpSecret: newTotpSecret() });
	const losing = database.db.updateTable('staff').set({ totp_secret_sealed: null }).where('id', '=', other.staffId);
	await expect(losing.execute()).rejects.toThrow('keeps a passkey or a one-time-code app');
	const sessionId = await confirmedSession(database.db, other.staffId);
	expect((await addTo(other.staffId, sessionId)).outcome).toEqual({ ok: true });
	const [only] = await listPasskeys(database.db, { kind: 'staff', id: other.staffId });
	const by = { staffId: other.staffId, sessionId, minutes: 10 };
	expect(await removeStaffPasskey(database.db, { by, passkeyId: only?.id ?? '' })).toEqual({ ok: true });
});
