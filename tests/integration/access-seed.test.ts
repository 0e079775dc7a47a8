import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createAccessLink } from '#lib/server/access/create-access-link.ts';
import { removeOldAccessRows } from '#lib/server/access/remove-old-rows.ts';
import { resendAccessLink } from '#lib/server/access/resend-access-link.ts';
import { linkToken, linkTokenHash } from '#lib/server/crypto/link-token.ts';
import { deliverMessage } from '#lib/server/message/deliver-message.ts';
import type { Gateway } from '#lib/server/message/gateway.ts';
import { inboxGateway } from '#lib/server/message/inbox-gateway.ts';
import { readInbox } from '#lib/server/message/read-inbox.ts';
import { type Somebody, addSomebody, holdClock, passSeconds, useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
let person: Somebody;
const failing = (final: boolean): Gateway => ({
	kind: 'log',
	handOver: () => Promise.resolve({ ok: false, failure: 'gateway_down', final }),
});

beforeAll(() => useEnv());
beforeEach(async () => {
	holdClock();
	person = await addSomebody(database.db);
});
afterEach(() => vi.useRealTimers());

async function makeReminder(): Promise<{ token: string; messageId: string }> {
	const actor = { kind: 'command', id: null } as const;
	const { url, messageId } = await database.db
		.transaction()
		.execute((trx) => createAccessLink(trx, { accountId: person.accountId, actor, template: 'reminder' }));
	return { token: url.slice(url.lastIndexOf('/') + 1), messageId: messageId ?? '' };
}

async function rowOf(token: string) {
	return database.db
		.selectFrom('access_link')
		.selectAll()
		.where('token_hash', '=', linkTokenHash(token))
		.executeTakeFirstOrThrow();
}

test('once its message has gone, neither the database nor the database with the key makes a link’s token again', async () => {
	const { token, messageId } = await makeReminder();
	const waiting = await rowOf(token);
	expect(waiting.seed && linkToken(waiting.seed)).toBe(token);
	expect(await deliverMessage(database.db, messageId, inboxGateway)).toMatchObject({ outcome: 'handed_over' });
	expect(await rowOf(token)).toMatchObject({ seed: null, sent_to: person.phone, revoked_at: null });
});

test('the demo’s inbox shows a link before and after its message has gone', async () => {
	const { token, messageId } = await makeReminder();
	const shown = async () => (await readInbox(database.db)).find((entry) => entry.messageId === messageId);
	expect((await shown())?.text).toContain(token);
	await deliverMessage(database.db, messageId, inboxGateway);
	expect(await shown()).toMatchObject({ text: expect.stringContaining(token) as string, waitsUntil: null });
});

test('a message that could not go keeps its link’s text for the next try, and none after the last', async () => {
	const { token, messageId } = await makeReminder();
	await deliverMessage(database.db, messageId, failing(false));
	expect((await rowOf(token)).seed).not.toBeNull();
	await deliverMessage(database.db, messageId, failing(true));
	expect(await rowOf(token)).toMatchObject({ seed: null, sent_to: null });
});

test('a dropped message, a link that another replaced, and one that is over leave no seed', async () => {
	const over = await makeReminder();
	passSeconds(72 * 3600);
	expect(await deliverMessage(database.db, over.messageId, inboxGateway)).toMatchObject({ outcome: 'dropped' });
	expect((await rowOf(over.token)).seed).toBeNull();

	const replaced = await makeReminder();
	const staff = await database.db
		.insertInto('staff')
		.values({ login: 'sue', name: 'Sue', role: 'support' })
		.returning('id')
		.executeTakeFirstOrThrow();
	await resendAccessLink(database.db, { ...person, staff });
	expect((await rowOf(replaced.token)).seed).toBeNull();

	const forgotten = await makeReminder();
	passSeconds(72 * 3600);
	await removeOldAccessRows(database.db);
	expect((await rowOf(forgotten.token)).seed).toBeNull();
});

test('the database itself keeps no seed of a dead link', async () => {
	const { token } = await makeReminder();
	const { id } = await rowOf(token);
	const revoked = database.db.updateTable('access_link').set({ revoked_at: new Date() }).where('id', '=', id);
	await expect(revoked.execute()).rejects.toThrow('access_link_dead_has_no_seed');
});
