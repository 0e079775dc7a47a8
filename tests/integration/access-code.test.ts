import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { readChallenge } from '#lib/server/access/read-challenge.ts';
import { resendCode } from '#lib/server/access/resend-code.ts';
import { sendCode } from '#lib/server/access/send-code.ts';
import { signIn } from '#lib/server/access/sign-in.ts';
import { randomToken } from '#lib/server/crypto/random-token.ts';
import { readCardholderSession } from '#lib/server/session/read-session.ts';
import {
	type Somebody,
	addSomebody,
	holdClock,
	makeLink,
	codeOf,
	otherCode,
	passSeconds,
	useEnv,
} from '../support/access.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const ip = '192.0.2.7';
let person: Somebody;
let token: string;
let browser: string;

beforeAll(() => useEnv());
beforeEach(async () => {
	holdClock();
	person = await addSomebody(database.db);
	token = await makeLink(database.db, person.accountId);
	browser = randomToken();
});
afterEach(() => vi.useRealTimers());

async function begun(): Promise<string> {
	expect(await sendCode(database.db, { token, browser, ip })).toEqual({ ok: true });
	return codeOf(database.db, browser);
}

function enter(code: string, changes: { browser?: string; idLast4?: string } = {}) {
	return signIn(database.db, { browser, code, idLast4: person.idLast4, ip, ...changes });
}

async function messages(): Promise<number> {
	const rows = await database.db
		.selectFrom('outbox_message')
		.select('id')
		.where('cardholder_id', '=', person.cardholderId)
		.where('template', '=', 'sign_in_code')
		.execute();
	return rows.length;
}

test('the code and the last four of the ID number open a session with the link’s account', async () => {
	const outcome = await enter(await begun());
	if (!outcome.ok) throw new Error(outcome.refusal);
	expect(await readCardholderSession(database.db, outcome.token)).toMatchObject({
		id: person.cardholderId,
		accountId: person.accountId,
	});
	const link = await database.db
		.selectFrom('access_link')
		.select('used_at')
		.where('account_id', '=', person.accountId)
		.executeTakeFirstOrThrow();
	expect(link.used_at).toEqual(new Date());
});

test('a code signs in once', async () => {
	const code = await begun();
	expect(await enter(code)).toMatchObject({ ok: true });
	expect(await enter(code)).toEqual({ ok: false, refusal: 'over' });
});

test('a code works in the browser that asked for it and in no other', async () => {
	const code = await begun();
	expect(await enter(code, { browser: randomToken() })).toEqual({ ok: false, refusal: 'over' });
	expect(await enter(code)).toMatchObject({ ok: true });
});

test('which of the two was wrong is told to the audit log and to nobody else', async () => {
	const code = await begun();
	const wrongId = await enter(code, { idLast4: '0000' });
	const wrongCode = await enter(otherCode(code));
	expect(wrongId).toEqual({ ok: false, refusal: 'wrong', triesLeft: 4 });
	expect(wrongCode).toEqual({ ok: false, refusal: 'wrong', triesLeft: 3 });
	const entries = await database.db
		.selectFrom('audit_log')
		.select('detail')
		.where('cardholder_id', '=', person.cardholderId)
		.where('action', '=', 'sign_in.failed')
		.orderBy('id')
		.execute();
	expect(entries.map(({ detail }) => detail)).toEqual([
		{ wrong: 'id', tries: 1 },
		{ wrong: 'code', tries: 2 },
	]);
});

test('after five wrong codes the right one is not looked at', async () => {
	const code = await begun();
	for (let count = 0; count < 4; count++) expect(await enter(otherCode(code))).toMatchObject({ refusal: 'wrong' });
	expect(await enter(otherCode(code))).toEqual({ ok: false, refusal: 'no_more_tries' });
	expect(await enter(code)).toEqual({ ok: false, refusal: 'no_more_tries' });
});

test('sending again gives no tries back, and kills the code before', async () => {
	const first = await begun();
	for (let count = 0; count < 4; count++) await enter(otherCode(first));
	passSeconds(61);
	expect(await resendCode(database.db, { browser, ip })).toEqual({ ok: true });
	const second = await codeOf(database.db, browser);
	expect(second).not.toBe(first);
	expect(await enter(first)).toEqual({ ok: false, refusal: 'no_more_tries' });
	expect(await enter(second)).toEqual({ ok: false, refusal: 'no_more_tries' });
});

test('20 tries at once are counted one after the other: five are compared', async () => {
	const code = await begun();
	const outcomes = await Promise.all(Array.from({ length: 20 }, () => enter(otherCode(code))));
	const { tries } = await database.db
		.selectFrom('sign_in_challenge')
		.select('tries')
		.where('cardholder_id', '=', person.cardholderId)
		.executeTakeFirstOrThrow();
	expect(tries).toBe(5);
	expect(outcomes.filter((outcome) => !outcome.ok && outcome.refusal === 'wrong')).toHaveLength(4);
	expect(await enter(code)).toMatchObject({ ok: false });
});

test('beginning anew gives no tries back either, until ten minutes have passed', async () => {
	const code = await begun();
	for (let count = 0; count < 5; count++) await enter(otherCode(code));
	browser = randomToken();
	expect(await sendCode(database.db, { token, browser, ip })).toMatchObject({ ok: false, refusal: 'too_many' });
	expect(await messages()).toBe(1);
	passSeconds(11 * 60);
	expect(await enter(await begun())).toMatchObject({ ok: true });
});

test('guessing by ever new browsers: five codes are compared in ten minutes and three messages go at most', async () => {
	let compared = 0;
	for (let count = 0; count < 40; count++) {
		browser = randomToken();
		await sendCode(database.db, { token, browser, ip });
		const guesses = await Promise.all(Array.from({ length: 5 }, () => enter('123456', { idLast4: '0000' })));
		compared += guesses.filter((guess) => !guess.ok && ['wrong', 'no_more_tries'].includes(guess.refusal)).length;
	}
	expect(compared).toBe(5);
	expect(await messages()).toBeLessThanOrEqual(3);
});

test('a stranger with the link keeps its owner out for ten minutes and no longer', async () => {
	const code = await begun();
	for (let count = 0; count < 5; count++) await enter(otherCode(code));
	passSeconds(11 * 60);
	expect(await enter(await begun())).toMatchObject({ ok: true });
});

test('signing in starts the counts afresh', async () => {
	for (let count = 0; count < 5; count++) {
		browser = randomToken();
		expect(await enter(await begun())).toMatchObject({ ok: true });
	}
});

test('a tap twice sends one message', async () => {
	await Promise.all([1, 2, 3].map(() => sendCode(database.db, { token, browser, ip })));
	expect(await messages()).toBe(1);
	expect(await enter(await codeOf(database.db, browser))).toMatchObject({ ok: true });
});

test('three messages at most, a minute apart', async () => {
	await begun();
	expect(await resendCode(database.db, { browser, ip })).toEqual({
		ok: false,
		refusal: 'too_soon',
		until: new Date(Date.now() + 60_000),
	});
	for (let count = 0; count < 2; count++) {
		passSeconds(60);
		expect(await resendCode(database.db, { browser, ip })).toEqual({ ok: true });
	}
	passSeconds(60);
	expect(await resendCode(database.db, { browser, ip })).toEqual({ ok: false, refusal: 'no_more_sends' });
	expect(await messages()).toBe(3);
});

test('a code is good for ten minutes from its own sending', async () => {
	const first = await begun();
	passSeconds(599);
	expect(await readChallenge(database.db, browser)).toMatchObject({ isOpen: true });
	await resendCode(database.db, { browser, ip });
	const second = await codeOf(database.db, browser);
	passSeconds(599);
	expect(await enter(first)).toMatchObject({ refusal: 'wrong' });
	expect(await enter(second)).toMatchObject({ ok: true });

	browser = randomToken();
	const late = await begun();
	passSeconds(600);
	expect(await readChallenge(database.db, browser)).toMatchObject({ isOpen: false, resend: { now: true } });
	expect(await enter(late)).toEqual({ ok: false, refusal: 'over' });
});

test('wrong codes from one address are throttled over all people', async () => {
	const { value } = await database.db
		.selectFrom('setting')
		.select('value')
		.where('key', '=', 'access')
		.executeTakeFirstOrThrow();
	const strict = JSON.stringify({ ...value, failuresPerAddress: { most: 2, minutes: 10 } });
	await database.db.updateTable('setting').set({ value: strict }).where('key', '=', 'access').execute();
	const far = '198.51.100.9';
	const code = await begun();
	const tried = (typed: string, from: string) =>
		signIn(database.db, { browser, code: typed, idLast4: person.idLast4, ip: from });
	expect(await tried(otherCode(code), far)).toMatchObject({ refusal: 'wrong' });
	expect(await tried(otherCode(code), far)).toMatchObject({ refusal: 'wrong' });
	expect(await tried(code, far)).toMatchObject({ refusal: 'too_many' });
	expect(await tried(code, '203.0.113.5')).toMatchObject({ ok: true });
	await database.db
		.updateTable('setting')
		.set({ value: JSON.stringify(value) })
		.where('key', '=', 'access')
		.execute();
});

test('neither a code nor a number stands in the rows that limits and challenges keep', async () => {
	const code = await begun();
	await enter(otherCode(code));
	const rows = JSON.stringify([
		await database.db.selectFrom('rate_limit').selectAll().execute(),
		await database.db.selectFrom('sign_in_challenge').selectAll().execute(),
		await database.db.selectFrom('audit_log').selectAll().execute(),
	]);
	for (const secret of [code, person.phone, ip, person.idLast4]) expect(rows).not.toContain(secret);
});
