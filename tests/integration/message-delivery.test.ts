import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { sendCode } from '#lib/server/access/send-code.ts';
import { randomToken } from '#lib/server/crypto/random-token.ts';
import { type Delivery, deliverMessage } from '#lib/server/message/deliver-message.ts';
import type { Gateway, HandOver, OutgoingMessage } from '#lib/server/message/gateway.ts';
import { inboxGateway } from '#lib/server/message/inbox-gateway.ts';
import { type MessageOrder, queueMessage } from '#lib/server/message/queue-message.ts';
import { type Somebody, addSomebody, codeOf, holdClock, makeLink, passSeconds, useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
let person: Somebody;
const NIGHT = new Date('2026-11-23T16:00:00Z');

beforeAll(() => useEnv());
beforeEach(async () => {
	holdClock();
	person = await addSomebody(database.db);
});
afterEach(() => vi.useRealTimers());

async function queue(order: Partial<MessageOrder> = {}): Promise<string> {
	const message = await database.db
		.transaction()
		.execute((trx) =>
			queueMessage(trx, { cardholderId: person.cardholderId, template: 'application_received', ...order }),
		);
	if (!message) throw new Error('nothing was queued');
	return message.messageId;
}

/** A gateway that keeps what it is given and answers as told. */
function recorder(answer: HandOver = { ok: true }): Gateway & { readonly taken: OutgoingMessage[] } {
	const taken: OutgoingMessage[] = [];
	return {
		kind: 'log',
		taken,
		handOver(_trx, message) {
			taken.push(message);
			return Promise.resolve(answer);
		},
	};
}

async function messageOf(id: string) {
	return database.db.selectFrom('outbox_message').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

async function contactsOf(cardholderId: string) {
	return database.db.selectFrom('contact_log').selectAll().where('cardholder_id', '=', cardholderId).execute();
}

async function jobsOf(messageId: string): Promise<number> {
	const { rows } = await database.db.transaction().execute(async (trx) => ({
		rows: await trx
			.withSchema('pgboss')
			.selectFrom('job' as never)
			.selectAll()
			.where('singleton_key' as never, '=', messageId as never)
			.execute(),
	}));
	return rows.length;
}

test('a message and its job stand together with what caused them, or not at all', async () => {
	const kept = await queue();
	expect(await jobsOf(kept)).toBe(1);
	let lost = '';
	const broken = database.db.transaction().execute(async (trx) => {
		const order = { cardholderId: person.cardholderId, template: 'application_received' } as const;
		lost = (await queueMessage(trx, order))?.messageId ?? '';
		throw new Error('what caused it failed');
	});
	await expect(broken).rejects.toThrow('what caused it failed');
	expect(lost).not.toBe('');
	expect(await jobsOf(lost)).toBe(0);
	expect(await database.db.selectFrom('outbox_message').select('id').where('id', '=', lost).execute()).toEqual([]);
});

test('two messages with the same dedupe key are one', async () => {
	await queue({ dedupeKey: 'application received 1' });
	await expect(queue({ dedupeKey: 'application received 1' })).rejects.toThrow('nothing was queued');
});

test('a job that runs twice, or twice at once, has one effect', async () => {
	const id = await queue();
	const gateway = recorder();
	const outcomes = await Promise.all([1, 2, 3].map(() => deliverMessage(database.db, id, gateway)));
	expect(outcomes.filter(({ outcome }) => outcome === 'handed_over')).toHaveLength(1);
	expect(await deliverMessage(database.db, id, gateway)).toEqual({ outcome: 'gone_already' });
	expect(gateway.taken).toHaveLength(1);
	expect(await contactsOf(person.cardholderId)).toHaveLength(1);
	expect(await messageOf(id)).toMatchObject({ status: 'handed_over', handed_over_at: new Date() });
});

test('the link in a message is the one that the database knows by its hash', async () => {
	const token = await makeLink(database.db, person.accountId);
	const { id } = await newestMessage();
	const gateway = recorder();
	await deliverMessage(database.db, id, gateway);
	expect(gateway.taken[0]).toMatchObject({ phone: person.phone, locale: 'zh-CN' });
	expect(gateway.taken[0]?.text).toContain(`/l/${token}`);
});

test('a message comes in its recipient’s language', async () => {
	person = await addSomebody(database.db, { locale: 'en' });
	const gateway = recorder();
	await deliverMessage(database.db, await queue(), gateway);
	expect(gateway.taken[0]?.text).toMatch(/we have received your application/);
});

test('at night a message waits for eight in the morning, and goes then', async () => {
	vi.setSystemTime(NIGHT);
	const id = await queue();
	expect(await messageOf(id)).toMatchObject({ not_before: new Date('2026-11-24T00:00:00Z') });
	const gateway = recorder();
	expect(await deliverMessage(database.db, id, gateway)).toEqual({
		outcome: 'waits',
		until: new Date('2026-11-24T00:00:00Z'),
	});
	expect(gateway.taken).toEqual([]);
	vi.setSystemTime(new Date('2026-11-24T00:00:00Z'));
	expect(await deliverMessage(database.db, id, gateway)).toEqual({ outcome: 'handed_over' });
});

test('the hours are those of the recipient’s zone', async () => {
	person = await addSomebody(database.db, { timeZone: 'America/New_York' });
	vi.setSystemTime(NIGHT);
	expect(await deliverMessage(database.db, await queue(), recorder())).toEqual({ outcome: 'handed_over' });
});

test('a code just asked for goes at any hour, whatever went that day, and counts for nothing', async () => {
	for (let count = 0; count < 3; count++) await deliverMessage(database.db, await queue(), recorder());
	const browser = randomToken();
	const token = await makeLink(database.db, person.accountId);
	vi.setSystemTime(NIGHT);
	passSeconds(60);
	await sendCode(database.db, { token, browser, ip: '192.0.2.7' });
	const { id } = await newestMessage();
	const gateway = recorder();
	expect(await deliverMessage(database.db, id, gateway)).toEqual({ outcome: 'handed_over' });
	expect(gateway.taken[0]?.text).toContain(await codeOf(database.db, browser));
	const contacts = await contactsOf(person.cardholderId);
	expect(contacts.filter((contact) => !contact.just_asked_for)).toHaveLength(3);
	expect(contacts).toHaveLength(4);
});

test('the fourth message of a day waits for the next morning, even where four come at once', async () => {
	const ids = [await queue(), await queue(), await queue(), await queue()];
	const gateway = recorder();
	const outcomes = await Promise.all(ids.map((id) => deliverMessage(database.db, id, gateway)));
	expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['handed_over', 'handed_over', 'handed_over', 'waits']);
	expect(outcomes.find(({ outcome }) => outcome === 'waits')).toMatchObject({
		until: new Date('2026-11-24T00:00:00Z'),
	});
	vi.setSystemTime(new Date('2026-11-24T00:00:00Z'));
	const waiting = ids[outcomes.findIndex(({ outcome }) => outcome === 'waits')] ?? '';
	expect(await deliverMessage(database.db, waiting, gateway)).toEqual({ outcome: 'handed_over' });
});

test('a link that was replaced before its message went is not sent', async () => {
	await makeLink(database.db, person.accountId);
	const { id } = await newestMessage();
	await makeLink(database.db, person.accountId);
	const gateway = recorder();
	expect(await deliverMessage(database.db, id, gateway)).toEqual({ outcome: 'dropped', failure: 'link_dead' });
	expect(gateway.taken).toEqual([]);
	expect(await contactsOf(person.cardholderId)).toEqual([]);
});

test('a code that is over before its message went is not sent', async () => {
	const token = await makeLink(database.db, person.accountId);
	await sendCode(database.db, { token, browser: randomToken(), ip: '192.0.2.7' });
	const { id } = await newestMessage();
	passSeconds(600);
	expect(await deliverMessage(database.db, id, recorder())).toEqual({ outcome: 'dropped', failure: 'code_over' });
});

test('a message that names its recipient is held back for good', async () => {
	useEnv({ BANK_NAME: '王小明的银行' });
	const id = await queue();
	const gateway = recorder();
	expect(await deliverMessage(database.db, id, gateway)).toEqual({ outcome: 'given_up', failure: 'content:name' });
	useEnv({ BANK_NAME: undefined });
	expect(gateway.taken).toEqual([]);
	expect(await messageOf(id)).toMatchObject({ status: 'failed', failure: 'content:name' });
});

test('a hand-over that fails is tried six times, each counted, and then given up', async () => {
	const id = await queue();
	const gateway = recorder({ ok: false, failure: 'http_503', final: false });
	const outcomes: Delivery[] = [];
	for (let count = 0; count < 6; count++) outcomes.push(await deliverMessage(database.db, id, gateway));
	expect(outcomes.map(({ outcome }) => outcome)).toEqual([...Array<string>(5).fill('failed'), 'given_up']);
	expect(await messageOf(id)).toMatchObject({ status: 'failed', failure: 'http_503', attempts: 6 });
	expect(await contactsOf(person.cardholderId)).toEqual([]);
});

test('a final refusal is not tried again', async () => {
	const id = await queue();
	const refuse = recorder({ ok: false, failure: 'http_422', final: true });
	expect(await deliverMessage(database.db, id, refuse)).toEqual({ outcome: 'given_up', failure: 'http_422' });
	expect(await deliverMessage(database.db, id, recorder())).toEqual({ outcome: 'gone_already' });
});

test('the demo’s inbox has a message once', async () => {
	const id = await queue();
	await Promise.all([1, 2].map(() => deliverMessage(database.db, id, inboxGateway)));
	const inbox = await database.db.selectFrom('inbox_message').selectAll().where('outbox_message_id', '=', id).execute();
	expect(inbox).toMatchObject([{ phone: person.phone }]);
});

async function newestMessage(): Promise<{ id: string }> {
	return database.db
		.selectFrom('outbox_message')
		.select('id')
		.where('cardholder_id', '=', person.cardholderId)
		.orderBy('created_at', 'desc')
		.limit(1)
		.executeTakeFirstOrThrow();
}
