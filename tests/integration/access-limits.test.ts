import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { requestCode } from '#lib/server/access/request-code.ts';
import { readChallenge } from '#lib/server/access/read-challenge.ts';
import { resendCode } from '#lib/server/access/resend-code.ts';
import { sendCode } from '#lib/server/access/send-code.ts';
import { signIn } from '#lib/server/access/sign-in.ts';
import { unlockPerson } from '#lib/server/access/unlock-person.ts';
import { randomToken } from '#lib/server/crypto/random-token.ts';
import { log } from '#lib/server/log.ts';
import {
	type Somebody,
	addAccount,
	addSomebody,
	codeOf,
	holdClock,
	makeLink,
	otherCode,
	passSeconds,
	useEnv,
} from '../support/access.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const ip = '192.0.2.7';
const NOBODY = { phone: '+8613711111111', cardLast4: '0000' };
let person: Somebody;

beforeAll(() => useEnv());
beforeEach(async () => {
	holdClock();
	person = await addSomebody(database.db);
	await set({});
});
afterEach(() => vi.useRealTimers());

const DEFAULTS = { linkHours: 72, resendsPerDay: 3, codeMinutes: 10, codeSends: 3, codeCooldownSeconds: 60 };

async function set(changes: Readonly<Record<string, unknown>>): Promise<void> {
	const value = JSON.stringify({ ...DEFAULTS, ...changes });
	await database.db.updateTable('setting').set({ value }).where('key', '=', 'access').execute();
	await database.db.deleteFrom('rate_limit').execute();
}

async function ask(numbers: { phone: string; cardLast4: string }, from = ip) {
	const browser = randomToken();
	return { browser, outcome: await requestCode(database.db, { ...numbers, browser, ip: from }) };
}

async function sent(): Promise<number> {
	const rows = await database.db
		.selectFrom('outbox_message')
		.select('id')
		.where('cardholder_id', '=', person.cardholderId)
		.where('template', '=', 'sign_in_code')
		.execute();
	return rows.length;
}

async function enter(browser: string) {
	const code = await codeOf(database.db, browser);
	return signIn(database.db, { browser, code, idLast4: person.idLast4, ip });
}

test('to one number no more codes go in an hour than it may have, whichever of its cards is typed, and nobody is told', async () => {
	const other = { ...person, cardLast4: '7777' };
	await addAccount(database.db, person.cardholderId, `${person.accountId}-2`, other.cardLast4);
	await set({ sendsPerNumber: { most: 4, minutes: 60 } });
	const seen: unknown[] = [];
	for (const numbers of [person, other, person, other, person, other]) {
		const { browser, outcome } = await ask(numbers);
		seen.push([outcome, await readChallenge(database.db, browser)]);
	}
	expect(await sent()).toBe(4);
	expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
	passSeconds(61 * 60);
	await ask(person);
	expect(await sent()).toBe(5);
});

test('whoever knows a number and not its card takes nothing from its owner', async () => {
	for (let card = 0; card < 60; card++) await ask({ phone: person.phone, cardLast4: String(1000 + card) });
	expect(await sent()).toBe(0);
	const { browser } = await ask(person);
	expect(await enter(browser)).toMatchObject({ ok: true });
});

test('a stranger who has used up the numbers takes nothing from the link', async () => {
	const token = await makeLink(database.db, person.accountId);
	for (let count = 0; count < 30; count++) {
		const { browser } = await ask(person, `198.51.100.${String(count)}`);
		await signIn(database.db, { browser, code: '000000', idLast4: '0000', ip });
	}
	const browser = randomToken();
	expect(await sendCode(database.db, { token, browser, ip })).toEqual({ ok: true });
	expect(await enter(browser)).toMatchObject({ ok: true });
});

test('five hundred people in ten seconds are let in', async () => {
	const outcomes: boolean[] = [];
	const warn = vi.spyOn(log, 'warn');
	for (let group = 0; group < 10; group++) {
		const asked = Array.from({ length: 50 }, (_, each) =>
			ask({ phone: `+86137${String(group * 50 + each).padStart(8, '0')}`, cardLast4: '4821' }),
		);
		outcomes.push(...(await Promise.all(asked)).map(({ outcome }) => outcome.ok));
		passSeconds(1);
	}
	expect(outcomes).toHaveLength(500);
	expect(outcomes.every(Boolean)).toBe(true);
	expect(warn).not.toHaveBeenCalled();
});

test('once more codes have gone than in all may, everybody is asked to come back in a minute, and the log says it once', async () => {
	await set({ sendsInAll: { most: 2, minutes: 1 } });
	const warn = vi.spyOn(log, 'warn').mockImplementation(() => undefined);
	const token = await makeLink(database.db, person.accountId);
	// What is asked for nobody closes the door to nobody.
	for (let count = 0; count < 5; count++) expect((await ask(NOBODY)).outcome).toEqual({ ok: true });
	const first = await ask(person);
	await ask(person);
	const busy = { ok: false, refusal: 'busy' };
	expect([(await ask(person)).outcome, (await ask(NOBODY)).outcome]).toEqual([busy, busy]);
	expect(await sendCode(database.db, { token, browser: randomToken(), ip })).toEqual(busy);
	expect(await resendCode(database.db, { browser: first.browser, ip })).toEqual(busy);
	expect(warn.mock.calls).toEqual([[{ failure: 'send-all', count: 2 }, expect.any(String)]]);
	passSeconds(121);
	expect((await ask(person)).outcome).toEqual({ ok: true });
	warn.mockRestore();
});

test('once more guesses were wrong than in all may be, none is compared', async () => {
	await set({ failuresInAll: { most: 2, minutes: 1 } });
	const warn = vi.spyOn(log, 'warn').mockImplementation(() => undefined);
	const { browser } = await ask(person);
	const wrong = otherCode(await codeOf(database.db, browser));
	for (let count = 0; count < 2; count++) await signIn(database.db, { browser, code: wrong, idLast4: '123X', ip });
	expect(await enter(browser)).toEqual({ ok: false, refusal: 'busy' });
	passSeconds(121);
	expect(await enter(browser)).toMatchObject({ ok: true });
	warn.mockRestore();
});

test('a server’s whole IPv6 network is one address', async () => {
	await set({ asksPerAddress: { most: 2, minutes: 10 } });
	for (const from of ['2001:db8::1', '2001:db8::2', '2001:db8::3']) await ask(person, from);
	expect(await sent()).toBe(2);
	await ask(person, '2001:db8:0:1::1');
	expect(await sent()).toBe(3);
});

test('every refusal is audited with its kind, once a minute for a target', async () => {
	const token = await makeLink(database.db, person.accountId);
	const browser = randomToken();
	await sendCode(database.db, { token, browser, ip });
	const wrong = otherCode(await codeOf(database.db, browser));
	const kinds = async () => {
		const rows = await database.db
			.selectFrom('audit_log')
			.select('detail')
			.where('cardholder_id', '=', person.cardholderId)
			.where('action', '=', 'sign_in.refused')
			.orderBy('id')
			.execute();
		return rows.map(({ detail }) => (detail as { kind: string }).kind);
	};
	for (let count = 0; count < 3; count++) await resendCode(database.db, { browser, ip });
	for (let count = 0; count < 20; count++) await signIn(database.db, { browser, code: wrong, idLast4: '123X', ip });
	expect(await kinds()).toEqual(['too_soon', 'too_many_tries']);
	passSeconds(60);
	await signIn(database.db, { browser, code: wrong, idLast4: '123X', ip });
	expect(await kinds()).toEqual(['too_soon', 'too_many_tries', 'too_many_tries']);
	await makeLink(database.db, person.accountId);
	await sendCode(database.db, { token, browser, ip });
	await signIn(database.db, { browser, code: wrong, idLast4: '123X', ip });
	expect((await kinds()).slice(3)).toEqual(['link_dead', 'code_over']);
});

test('support’s unlock starts the counts afresh and says what it cleared; it opens nothing', async () => {
	const token = await makeLink(database.db, person.accountId);
	let browser = randomToken();
	await sendCode(database.db, { token, browser, ip });
	const code = await codeOf(database.db, browser);
	for (let count = 0; count < 5; count++) {
		await signIn(database.db, { browser, code: otherCode(code), idLast4: '123X', ip });
	}
	expect(await sendCode(database.db, { token, browser, ip })).toMatchObject({ refusal: 'too_many' });
	for (let count = 0; count < 4; count++) await ask(person);
	const actor = { kind: 'staff', id: 'S1' } as const;
	const unlock = () =>
		database.db.transaction().execute((trx) => unlockPerson(trx, { cardholderId: person.cardholderId, actor }));
	expect(await unlock()).toEqual({ sends: 7, tries: 5, challenges: 6 });
	expect(await unlock()).toEqual({ sends: 0, tries: 0, challenges: 0 });
	expect(await signIn(database.db, { browser, code, idLast4: person.idLast4, ip })).toMatchObject({ refusal: 'over' });
	browser = randomToken();
	expect(await sendCode(database.db, { token, browser, ip })).toEqual({ ok: true });
	expect(await enter(browser)).toMatchObject({ ok: true });
});
