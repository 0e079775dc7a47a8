import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { readLinkPage } from '#lib/server/access/open-access-link.ts';
import { requestCode } from '#lib/server/access/request-code.ts';
import { readChallenge } from '#lib/server/access/read-challenge.ts';
import { sendCode } from '#lib/server/access/send-code.ts';
import { canUndoSilence, silenceNumber, undoSilence } from '#lib/server/access/silence-number.ts';
import { liftSilence, listSilencedPeople } from '#lib/server/access/silenced-people.ts';
import { randomToken } from '#lib/server/crypto/random-token.ts';
import { deliverMessage } from '#lib/server/message/deliver-message.ts';
import { inboxGateway } from '#lib/server/message/inbox-gateway.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';
import { type Somebody, addSomebody, holdClock, makeLink, passSeconds, useEnv } from '../support/access.ts';
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
	await deliverAll();
});
afterEach(() => vi.useRealTimers());

/** Hands over what waits; returns why those to the person did not go. */
async function deliverAll(): Promise<string[]> {
	const waiting = await database.db
		.selectFrom('outbox_message')
		.select('id')
		.where('status', '=', 'queued')
		.where('cardholder_id', '=', person.cardholderId)
		.execute();
	const outcomes: string[] = [];
	for (const { id } of waiting) {
		const delivery = await deliverMessage(database.db, id, inboxGateway);
		outcomes.push('failure' in delivery ? delivery.failure : delivery.outcome);
	}
	return outcomes;
}

async function tell(): Promise<string[]> {
	const order = { cardholderId: person.cardholderId, template: 'application_received' } as const;
	await database.db.transaction().execute((trx) => queueMessage(trx, order));
	return deliverAll();
}

async function deeds(): Promise<string[]> {
	const rows = await database.db
		.selectFrom('audit_log')
		.select('action')
		.where('cardholder_id', '=', person.cardholderId)
		.where('action', 'like', 'number.%')
		.orderBy('id')
		.execute();
	return rows.map(({ action }) => action);
}

test('one tap: no message goes to the number any more, the link is dead, and support sees it', async () => {
	expect(await silenceNumber(database.db, { token, browser })).toBe(true);
	expect(await readLinkPage(database.db, { token, browser })).toEqual({ isAlive: false, hasCode: false });
	expect(await tell()).toEqual(['number_silenced']);
	expect(await deeds()).toEqual(['number.silenced']);
	const listed = (await listSilencedPeople(database.db)).find((one) => one.cardholderId === person.cardholderId);
	expect(listed).toMatchObject({ phone: `··· ··· ${person.phone.slice(-4)}`, silencedAt: new Date() });
});

test('at the door a silenced number looks like any other, and gets no code', async () => {
	await silenceNumber(database.db, { token, browser });
	const other = await addSomebody(database.db);
	const look = async (numbers: Somebody) => {
		const own = randomToken();
		const answer = await requestCode(database.db, { ...numbers, browser: own, ip });
		return [answer, await readChallenge(database.db, own)];
	};
	expect(await look(person)).toEqual(await look(other));
	expect(await deliverAll()).toEqual(['number_silenced']);
});

test('the browser that tapped takes it back within half an hour, and no other does; the link stays dead', async () => {
	await silenceNumber(database.db, { token, browser });
	expect(await undoSilence(database.db, randomToken())).toBe(false);
	passSeconds(29 * 60);
	expect(await canUndoSilence(database.db, browser)).toBe(true);
	expect(await undoSilence(database.db, browser)).toBe(true);
	expect(await undoSilence(database.db, browser)).toBe(false);
	expect(await tell()).toEqual(['handed_over']);
	expect((await readLinkPage(database.db, { token, browser })).isAlive).toBe(false);
	expect(await deeds()).toEqual(['number.silenced', 'number.silence_lifted']);
});

test('after half an hour support alone lifts it', async () => {
	await silenceNumber(database.db, { token, browser });
	passSeconds(30 * 60);
	expect(await canUndoSilence(database.db, browser)).toBe(false);
	expect(await undoSilence(database.db, browser)).toBe(false);
	const actor = { kind: 'staff', id: 'S1' } as const;
	const lift = () =>
		database.db.transaction().execute((trx) => liftSilence(trx, { cardholderId: person.cardholderId, actor }));
	expect([await lift(), await lift()]).toEqual([true, false]);
	expect(await tell()).toEqual(['handed_over']);
	expect(await listSilencedPeople(database.db)).not.toContainEqual(
		expect.objectContaining({ cardholderId: person.cardholderId }),
	);
});

test('the number that the link went to is silenced, and not the one that took its place on file', async () => {
	const changed = `${person.phone.slice(0, -1)}0`;
	await database.db.updateTable('cardholder').set({ phone: changed }).where('id', '=', person.cardholderId).execute();
	await silenceNumber(database.db, { token, browser });
	expect(await tell()).toEqual(['handed_over']);
	await database.db
		.updateTable('cardholder')
		.set({ phone: person.phone })
		.where('id', '=', person.cardholderId)
		.execute();
	expect(await tell()).toEqual(['number_silenced']);
});

test('a dead or unknown link silences nothing', async () => {
	await makeLink(database.db, person.accountId);
	expect(await silenceNumber(database.db, { token, browser })).toBe(false);
	expect(await silenceNumber(database.db, { token: randomToken(16), browser })).toBe(false);
	expect(await deeds()).toEqual([]);
	expect(await deliverAll()).toEqual(['handed_over']);
});

test('what was begun by the link is over once its number is silenced', async () => {
	await sendCode(database.db, { token, browser, ip });
	await silenceNumber(database.db, { token, browser: randomToken() });
	expect(await readChallenge(database.db, browser)).toMatchObject({ isOpen: false });
});
