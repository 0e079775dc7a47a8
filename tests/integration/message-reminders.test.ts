import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Reminders, queueReminders } from '#lib/server/message/queue-reminders.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';
import { makeApproved } from '../support/agreement.ts';
import { addSomebody, holdClock, passSeconds, useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';
import { AT, TODAY, makeCardholder, makeDraft, makeSubmitted, post } from '../support/trip.ts';

const database = useDatabase();
const actor = { kind: 'command', id: null } as const;

beforeAll(() => useEnv());
beforeEach(() => holdClock(AT));
afterEach(() => vi.useRealTimers());

function remind({ asOf = TODAY, dryRun = false } = {}): Promise<Reminders> {
	return queueReminders(database.db, { asOf, dryRun, actor });
}

/** Why an account was left out, or undefined. */
function whyNot({ leftOut }: Reminders, accountId: string): string | undefined {
	return leftOut.find(({ accountIds }) => accountIds.includes(accountId))?.reason;
}

async function remindersOf(accountId: string) {
	return database.db
		.selectFrom('outbox_message')
		.select(['access_link_id'])
		.where('account_id', '=', accountId)
		.where('template', '=', 'reminder')
		.execute();
}

test('those past due are reminded with a link of their own; those who owe nothing overdue are not', async () => {
	const overdue = await makeCardholder(database.db);
	const other = await addSomebody(database.db);
	const paid = await makeCardholder(database.db);
	await post(database.db, paid, '2026-11-01', 'payment', 1_055_000);
	expect(await remind()).toEqual({ queued: 1, leftOut: [] });
	const [reminder] = await remindersOf(overdue.accountId);
	expect(reminder?.access_link_id).not.toBeNull();
	expect(await remindersOf(other.accountId)).toEqual([]);
	expect(await remindersOf(paid.accountId)).toEqual([]);
});

test('a dry run tells the same and queues nothing', async () => {
	const { accountId } = await makeCardholder(database.db);
	const told = await remind({ dryRun: true });
	expect(await remindersOf(accountId)).toEqual([]);
	expect(await remind()).toEqual(told);
	expect(await remindersOf(accountId)).toHaveLength(1);
});

test('an account is reminded once in three days, even by two runs at once', async () => {
	const { accountId } = await makeCardholder(database.db);
	const [one, two] = await Promise.all([remind(), remind()]);
	expect([whyNot(one, accountId), whyNot(two, accountId)].sort()).toEqual(['reminded_recently', undefined]);
	passSeconds(2 * 86_400);
	expect(whyNot(await remind({ asOf: '2026-11-22' }), accountId)).toBe('reminded_recently');
	passSeconds(86_400);
	expect(whyNot(await remind({ asOf: '2026-11-23' }), accountId)).toBeUndefined();
	expect(await remindersOf(accountId)).toHaveLength(2);
});

test('nobody is reminded while an application is open or a plan agreed; a mere draft changes nothing', async () => {
	const [draft, submitted, approved] = [
		await makeCardholder(database.db),
		await makeCardholder(database.db),
		await makeCardholder(database.db),
	];
	await makeDraft(database.db, draft);
	await makeSubmitted(database.db, submitted);
	await makeApproved(database.db, approved);
	const told = await remind();
	expect(whyNot(told, draft.accountId)).toBeUndefined();
	expect(whyNot(told, submitted.accountId)).toBe('application_open');
	expect(whyNot(told, approved.accountId)).toBe('agreement');
});

test('nobody is reminded of figures that are being checked', async () => {
	const { accountId } = await makeCardholder(database.db);
	await database.db.updateTable('account').set({ policy_code: 'no-such-policy' }).where('id', '=', accountId).execute();
	expect(whyNot(await remind(), accountId)).toBe('being_checked');
	await database.db.updateTable('account').set({ policy_code: 'cn-standard' }).where('id', '=', accountId).execute();
});

test('three messages on their way that day leave no room for a reminder', async () => {
	const { accountId, cardholderId } = await makeCardholder(database.db);
	for (let count = 0; count < 3; count++) {
		await database.db
			.transaction()
			.execute((trx) => queueMessage(trx, { cardholderId, template: 'application_received' }));
	}
	expect(whyNot(await remind(), accountId)).toBe('daily_cap');
});
