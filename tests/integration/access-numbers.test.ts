import { Kysely } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { readChallenge } from '#lib/server/access/read-challenge.ts';
import { removeOldAccessRows } from '#lib/server/access/remove-old-rows.ts';
import { requestCode } from '#lib/server/access/request-code.ts';
import { resendCode } from '#lib/server/access/resend-code.ts';
import { signIn } from '#lib/server/access/sign-in.ts';
import { randomToken } from '#lib/server/crypto/random-token.ts';
import { portalDialect } from '#lib/server/db/connect.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { readCardholderSession } from '#lib/server/session/read-session.ts';
import { type Somebody, addAccount, addSomebody, holdClock, codeOf, passSeconds, useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const ip = '192.0.2.7';
const NOBODY = { phone: '+8613711111111', cardLast4: '0000', idLast4: '1111' };
let person: Somebody;

beforeAll(() => useEnv());
beforeEach(async () => {
	holdClock();
	person = await addSomebody(database.db);
});
afterEach(() => vi.useRealTimers());

async function ask({ phone, cardLast4 }: { phone: string; cardLast4: string }): Promise<string> {
	const browser = randomToken();
	await requestCode(database.db, { phone, cardLast4, browser, ip });
	return browser;
}

/** Every answer that somebody who asked gets from then on, without the instants' wobble. */
async function answersTo(numbers: { phone: string; cardLast4: string; idLast4: string }) {
	holdClock();
	const browser = await ask(numbers);
	const answers: unknown[] = [await readChallenge(database.db, browser)];
	answers.push(await resendCode(database.db, { browser, ip }));
	passSeconds(61);
	answers.push(await resendCode(database.db, { browser, ip }), await readChallenge(database.db, browser));
	for (let count = 0; count < 6; count++) {
		answers.push(await signIn(database.db, { browser, code: '000000', idLast4: '9999', ip }));
	}
	answers.push(await readChallenge(database.db, browser));
	for (let count = 0; count < 3; count++) answers.push(await readChallenge(database.db, await ask(numbers)));
	return answers;
}

test('known and unknown numbers get the same answers all the way', async () => {
	expect(await answersTo(NOBODY)).toEqual(await answersTo(person));
});

test('the same statements run for known and for unknown numbers', async () => {
	const ran: string[] = [];
	const db = new Kysely<Database>({
		dialect: portalDialect({ connectionString: database.connectionString, identity: 'system' }),
		log: ({ query }) => void ran.push(query.sql),
	});
	const statementsOf = async ({ phone, cardLast4 }: { phone: string; cardLast4: string }) => {
		holdClock();
		const browser = randomToken();
		await requestCode(db, { phone, cardLast4, browser, ip });
		await readChallenge(db, browser);
		await resendCode(db, { browser, ip });
		passSeconds(61);
		await resendCode(db, { browser, ip });
		for (let count = 0; count < 6; count++) await signIn(db, { browser, code: '000000', idLast4: '9999', ip });
		return ran.splice(0);
	};
	// The first of a process learns the queues.
	await statementsOf({ phone: '+8613733333333', cardLast4: '0000' });
	const known = await statementsOf(person);
	expect(known.length).toBeGreaterThan(100);
	expect(await statementsOf({ phone: '+8613722222222', cardLast4: '0000' })).toEqual(known);
	// A known number with another card is unknown too.
	expect(await statementsOf({ phone: person.phone, cardLast4: '0000' })).toEqual(known);
	await db.destroy();
});

test('to unknown numbers nothing is sent', async () => {
	const before = await outbox();
	await ask(NOBODY);
	expect(await outbox()).toBe(before);
	await ask(person);
	expect(await outbox()).toBe(before + 1);
});

test('the code opens a session of the one account, or of none yet where there are several', async () => {
	const enter = async () => {
		const browser = await ask(person);
		const code = await codeOf(database.db, browser);
		const outcome = await signIn(database.db, { browser, code, idLast4: person.idLast4, ip });
		if (!outcome.ok) throw new Error(outcome.refusal);
		return readCardholderSession(database.db, outcome.token);
	};
	expect(await enter()).toMatchObject({ id: person.cardholderId, accountId: person.accountId });
	await addAccount(database.db, person.cardholderId, `${person.accountId}-2`, '9999');
	expect(await enter()).toMatchObject({ id: person.cardholderId, accountId: null });
});

test('two people who share a phone and the card’s end are told apart by a link alone', async () => {
	const other = await addSomebody(database.db);
	await database.db
		.updateTable('cardholder')
		.set({ phone: person.phone })
		.where('id', '=', other.cardholderId)
		.execute();
	const before = await outbox();
	await ask(person);
	expect(await outbox()).toBe(before);
});

test('three messages in ten minutes for one pair of numbers, whoever asks', async () => {
	const before = await outbox();
	for (let count = 0; count < 10; count++) await ask(person);
	expect(await outbox()).toBe(before + 3);
	passSeconds(11 * 60);
	await ask(person);
	expect(await outbox()).toBe(before + 4);
});

test('with the right phone and another card’s end nothing is sent', async () => {
	const before = await outbox();
	await ask({ phone: person.phone, cardLast4: '0001' });
	expect(await outbox()).toBe(before);
});

test('a day later what was asked for nobody is gone, and what a person asked for is kept', async () => {
	await ask(NOBODY);
	await ask(person);
	passSeconds(2 * 86_400);
	await removeOldAccessRows(database.db);
	const challenges = await database.db.selectFrom('sign_in_challenge').select('cardholder_id').execute();
	expect(challenges.length).toBeGreaterThan(0);
	expect(challenges.filter(({ cardholder_id }) => cardholder_id === null)).toEqual([]);
	expect(await database.db.selectFrom('rate_limit').select('key').execute()).toEqual([]);
});

async function outbox(): Promise<number> {
	return (await database.db.selectFrom('outbox_message').select('id').execute()).length;
}
