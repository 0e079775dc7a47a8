import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { signIn } from '#lib/server/access/sign-in.ts';
import { randomToken } from '#lib/server/crypto/random-token.ts';
import { seededRandom } from '#lib/server/demo/random.ts';
import { type Somebody, addSomebody, codeOf, holdClock, makeLink, useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';
import { ask, guess, mostWithin } from '../support/door.ts';

const GUESSES = process.env['TRIALS'] === 'full' ? 10_000 : 1_000;
const SEED = 20_261_123;

const database = useDatabase();
let person: Somebody;

beforeAll(() => useEnv());
beforeEach(async () => {
	holdClock();
	person = await addSomebody(database.db);
});
afterEach(() => vi.useRealTimers());

test(`${String(GUESSES)} guesses by one link: five compared and three codes sent in any ten minutes`, async () => {
	const way = { token: await makeLink(database.db, person.accountId) };
	const from = Date.now();
	const { compared, sent } = await guess(database.db, person, { way, guesses: GUESSES, random: seededRandom(SEED) });
	expect(mostWithin(compared, 10)).toBe(5);
	expect(mostWithin(sent, 10)).toBe(3);
	// Of refusals the audit log has a few rows each minute, and not one for each guess.
	const rows = await database.db
		.selectFrom('audit_log')
		.select(({ fn }) => ['detail', fn.countAll<number>().as('count')])
		.where('cardholder_id', '=', person.cardholderId)
		.where('action', '=', 'sign_in.refused')
		.groupBy('detail')
		.execute();
	expect(rows.length).toBeGreaterThan(1);
	const minutes = (Date.now() - from) / 60_000;
	for (const { count, detail } of rows) expect(count, JSON.stringify(detail)).toBeLessThanOrEqual(minutes + 2);
});

test(`${String(GUESSES)} guesses at one pair of numbers: the same, and nine codes in any hour`, async () => {
	const { phone, cardLast4 } = person;
	const way = { phone, cardLast4 };
	const { compared, sent } = await guess(database.db, person, { way, guesses: GUESSES, random: seededRandom(SEED) });
	expect(mostWithin(compared, 10)).toBe(5);
	expect(mostWithin(sent, 10)).toBe(3);
	expect(mostWithin(sent, 60)).toBe(9);
});

test('while a stranger hammers the numbers, the owner signs in by their link again and again', async () => {
	const { phone, cardLast4 } = person;
	const token = await makeLink(database.db, person.accountId);
	const random = seededRandom(SEED);
	for (let round = 0; round < 5; round++) {
		await guess(database.db, person, { way: { phone, cardLast4 }, guesses: GUESSES / 20, random });
		const browser = randomToken();
		expect(await ask(database.db, { token }, { browser, ip: '192.0.2.7' })).toEqual({ ok: true });
		const code = await codeOf(database.db, browser);
		expect(await signIn(database.db, { browser, code, idLast4: person.idLast4, ip: '192.0.2.7' })).toMatchObject({
			ok: true,
		});
	}
});
