import { expect, test } from 'vitest';
import { listPasskeys } from '#lib/server/passkey/list-passkeys.ts';
import { removePasskey } from '#lib/server/passkey/remove-passkey.ts';
import { renamePasskey } from '#lib/server/passkey/rename-passkey.ts';
import { askForPasskey } from '#lib/server/passkey/sign-in-with-passkey.ts';
import { readCardholderSession } from '#lib/server/session/read-session.ts';
import { addSomebody, passSeconds } from '../support/access.ts';
import { Authenticator, type Odd } from '../support/authenticator.ts';
import { useDatabase } from '../support/database.ts';
import { BROWSER, IP, ORIGIN, ownerOf, REFUSED, usePasskeys } from '../support/passkey.ts';

const database = useDatabase();
const { newOptions, add, signInOptions, enter, withPasskey } = usePasskeys(database);

async function lastAudit() {
	const { action, detail, cardholder_id } = await database.db
		.selectFrom('audit_log')
		.select(['action', 'detail', 'cardholder_id'])
		.where('action', 'like', 'sign_in.%')
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirstOrThrow();
	return { action, detail, cardholderId: cardholder_id };
}

test('a passkey signs its owner in, without a name or a number, and lets them choose their account', async () => {
	const { person, device } = await withPasskey();
	const options = await signInOptions();
	expect(options).toMatchObject({ rpId: 'repay.harbour.example', userVerification: 'required' });
	expect(options.allowCredentials ?? []).toEqual([]);
	const outcome = await enter(device.get(options));
	if (!outcome.ok) throw new Error(outcome.refusal);
	const session = await readCardholderSession(database.db, outcome.token);
	expect(session).toMatchObject({ id: person.cardholderId, accountId: null });
	expect(await lastAudit()).toMatchObject({ action: 'sign_in.succeeded', detail: { via: 'passkey' } });
});

test('what the device keeps says nothing of who somebody is', async () => {
	const person = await addSomebody(database.db);
	const options = await newOptions(person);
	expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' });
	expect(options.attestation).toBe('none');
	const said = JSON.stringify(options) + Buffer.from(options.user.id, 'base64url').toString('latin1');
	for (const secret of [person.cardholderId, person.phone, person.accountId, '王小明'])
		expect(said).not.toContain(secret);
	expect((await newOptions(person)).user.id).toBe(options.user.id);
});

test('who gets a passkey is told by SMS, and what was done is in the audit log', async () => {
	const { person, passkeyId } = await withPasskey();
	expect(await renamePasskey(database.db, { owner: ownerOf(person), passkeyId, name: ' My  phone ' })).toEqual({
		ok: true,
	});
	expect(await listPasskeys(database.db, ownerOf(person))).toMatchObject([{ name: 'My phone', lastUsedAt: null }]);
	await removePasskey(database.db, { cardholderId: person.cardholderId, passkeyId });
	const messages = await database.db
		.selectFrom('outbox_message')
		.select('template')
		.where('cardholder_id', '=', person.cardholderId)
		.execute();
	expect(messages).toEqual([{ template: 'sign_in_key_added' }]);
	const audit = await database.db
		.selectFrom('audit_log')
		.select('action')
		.where('subject_id', '=', passkeyId)
		.orderBy('id')
		.execute();
	expect(audit.map(({ action }) => action)).toEqual(['passkey.added', 'passkey.renamed', 'passkey.removed']);
});

test('an answer signs in once: replayed it is refused, twice at the same moment too', async () => {
	const { device } = await withPasskey();
	const answer = device.get(await signInOptions());
	const outcomes = await Promise.all([enter(answer), enter(answer)]);
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
	expect(await enter(answer)).toEqual(REFUSED);
	expect(await lastAudit()).toMatchObject({ action: 'sign_in.failed', detail: { wrong: 'challenge_used' } });
});

const ODD: readonly (readonly [string, Odd])[] = [
	['another site', { origin: 'https://repay.harbour.example.evil.example' }],
	['our site over plain http', { origin: 'http://repay.harbour.example' }],
	['a passkey of another site', { rpId: 'evil.example' }],
	['a device that asked for no finger, face or lock', { userVerified: false }],
	['another person’s handle', { userHandle: Buffer.alloc(32).toString('base64url') }],
];
test.each(ODD)('an answer from %s is refused', async (_from, odd) => {
	const { person, device } = await withPasskey();
	expect(await enter(device.get(await signInOptions(), odd))).toEqual(REFUSED);
	expect(await lastAudit()).toMatchObject({ action: 'sign_in.failed', cardholderId: person.cardholderId });
	const other = new Authenticator(ORIGIN);
	const { userHandle, ...whileMaking } = odd;
	if (!userHandle) expect(await add(person, other.create(await newOptions(person), whileMaking))).toEqual(REFUSED);
});

test('a count that went back, or stood still, is a copy’s', async () => {
	const { device } = await withPasskey();
	expect(await enter(device.get(await signInOptions(), { counter: 7 }))).toMatchObject({ ok: true });
	for (const counter of [7, 6, 0]) {
		expect(await enter(device.get(await signInOptions(), { counter }))).toEqual(REFUSED);
		expect(await lastAudit()).toMatchObject({ detail: { wrong: 'counter' } });
	}
	expect(await enter(device.get(await signInOptions(), { counter: 8 }))).toMatchObject({ ok: true });
});

test('a device that counts nothing signs in again and again', async () => {
	const { device } = await withPasskey();
	for (let times = 0; times < 2; times++) {
		expect(await enter(device.get(await signInOptions(), { counter: 0 }))).toMatchObject({ ok: true });
	}
});

test('another’s credential under somebody’s id, or one that nobody has, signs nobody in', async () => {
	const [lin, omar] = [await withPasskey(), await withPasskey()];
	const answer = JSON.parse(omar.device.get(await signInOptions())) as { id: string; rawId: string };
	const id = lin.device.credentialId.toString('base64url');
	expect(await enter(JSON.stringify({ ...answer, id, rawId: id }))).toEqual(REFUSED);
	const stranger = new Authenticator(ORIGIN);
	stranger.create(await newOptions(lin.person));
	expect(await enter(stranger.get(await signInOptions()))).toEqual(REFUSED);
	expect(await lastAudit()).toMatchObject({ detail: { wrong: 'unknown' } });
});

test('a challenge is good for five minutes, for its own browser, and for what it was given', async () => {
	const { person, device } = await withPasskey();
	const late = device.get(await signInOptions());
	passSeconds(300);
	expect(await enter(late)).toEqual(REFUSED);
	expect(await lastAudit()).toMatchObject({ detail: { wrong: 'challenge_over' } });
	expect(await enter(device.get(await signInOptions('b'.repeat(43))))).toEqual(REFUSED);
	const forStaff = await askForPasskey(database.db, { kind: 'staff', browser: BROWSER, ip: IP });
	expect(await enter(device.get(forStaff ?? { challenge: '' }))).toEqual(REFUSED);
	expect(await lastAudit()).toMatchObject({ detail: { wrong: 'challenge_unknown' } });
	const { challenge, rp } = await newOptions(person);
	expect(await enter(device.get({ challenge, rpId: rp.id ?? '' }))).toEqual(REFUSED);
	for (const nonsense of ['', '{}', 'null', '{"id":1}', 'x'.repeat(20_000)])
		expect(await enter(nonsense)).toEqual(REFUSED);
});

test('a removed passkey signs nobody in, and is removed by its owner alone', async () => {
	const { person, device, passkeyId } = await withPasskey();
	const stranger = await addSomebody(database.db);
	const byStranger = { cardholderId: stranger.cardholderId, passkeyId };
	expect(await removePasskey(database.db, byStranger)).toEqual({ ok: false, refusal: 'not_found' });
	expect(await renamePasskey(database.db, { owner: ownerOf(stranger), passkeyId, name: 'Mine' })).toMatchObject({
		ok: false,
	});
	expect(await removePasskey(database.db, { cardholderId: person.cardholderId, passkeyId })).toEqual({ ok: true });
	expect(await enter(device.get(await signInOptions()))).toEqual(REFUSED);
	expect(await lastAudit()).toMatchObject({ detail: { wrong: 'removed' } });
});

test('a new passkey is taken from the session to which it was offered, for its person, once', async () => {
	const [person, stranger] = [await addSomebody(database.db), await addSomebody(database.db)];
	const device = new Authenticator(ORIGIN);
	const answer = device.create(await newOptions(person));
	expect(await add(person, answer, 'another session')).toEqual(REFUSED);
	expect(await add(stranger, answer)).toEqual(REFUSED);
	expect(await add(person, answer)).toMatchObject({ ok: true });
	expect(await add(person, answer)).toEqual(REFUSED);
	expect(await add(stranger, device.create(await newOptions(stranger)))).toEqual({
		ok: false,
		refusal: 'already_added',
	});
	const options = await newOptions(person);
	passSeconds(300);
	expect(await add(person, new Authenticator(ORIGIN).create(options))).toEqual(REFUSED);
	expect(await listPasskeys(database.db, ownerOf(person))).toHaveLength(1);
});

test('an answer that names its maker is not looked at', async () => {
	const person = await addSomebody(database.db);
	for (const format of ['packed', 'fido-u2f', 'tpm']) {
		const answer = new Authenticator(ORIGIN).create(await newOptions(person), { format });
		expect(await add(person, answer)).toEqual(REFUSED);
	}
});

test('ten passkeys are the most, however many are added at once', async () => {
	const person = await addSomebody(database.db);
	const answers = [];
	for (let count = 0; count < 12; count++) answers.push(new Authenticator(ORIGIN).create(await newOptions(person)));
	const outcomes = await Promise.all(answers.map((answer) => add(person, answer)));
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(10);
});
