import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { addDays } from '#lib/domain/day.ts';
import { createAccessLink } from '#lib/server/access/create-access-link.ts';
import { today } from '#lib/server/clock.ts';
import { deliverMessage } from '#lib/server/message/deliver-message.ts';
import type { Gateway } from '#lib/server/message/gateway.ts';
import { endHolds } from '#lib/server/review/end-holds.ts';
import { holdReminders } from '#lib/server/review/hold-reminders.ts';
import { holdClock, passSeconds, useEnv } from '../support/access.ts';
import { inHand } from '../support/case-in-hand.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const HOUR = 3_600;
const handed: string[] = [];
const gateway: Gateway = {
	kind: 'log',
	handOver: (_, { messageId }) => {
		handed.push(messageId);
		return Promise.resolve({ ok: true });
	},
};

beforeAll(() => useEnv());
afterEach(() => vi.useRealTimers());

async function queueReminder(accountId: string): Promise<string> {
	const actor = { kind: 'command', id: null } as const;
	const { messageId } = await database.db
		.transaction()
		.execute((trx) => createAccessLink(trx, { accountId, actor, template: 'reminder' }));
	return messageId ?? '';
}

const deliver = (id: string) => deliverMessage(database.db, id, gateway);

// In Shanghai: ten in the morning, the last minute of the day's hours, the first outside them, the middle of the night.
test.each(['2026-11-23T02:00:00Z', '2026-11-23T13:59:00Z', '2026-11-23T14:00:00Z', '2026-11-23T19:00:00Z'])(
	'a reminder queued before a hold set at %s is handed over at no hour while it lasts, and one queued after its end is',
	async (at) => {
		holdClock(new Date(at));
		const held = await inHand(database.db);
		const { accountId, order } = held;
		const before = await queueReminder(accountId);
		const until = addDays(today(), 2);
		const { staffId, applicationId, fence } = order;
		const hold = { staffId, applicationId, fence, note: 'n', kind: 'vulnerability', until } as const;
		expect(await holdReminders(database.db, hold)).toEqual({ ok: true });
		const outcomes = new Set<string>();
		while (today() <= until) {
			outcomes.add((await deliver(before)).outcome);
			passSeconds(HOUR);
		}
		expect(handed).not.toContain(before);
		expect(outcomes).toContain('dropped');
		const { status, failure } = await database.db
			.selectFrom('outbox_message')
			.select(['status', 'failure'])
			.where('id', '=', before)
			.executeTakeFirstOrThrow();
		expect([status, failure]).toEqual(['dropped', 'on_hold']);

		await endHolds(database.db);
		passSeconds(12 * HOUR);
		const after = await queueReminder(accountId);
		expect(await deliver(after)).toEqual({ outcome: 'handed_over' });
		expect(handed).toContain(after);
		expect((await deliver(before)).outcome).toBe('gone_already');
	},
);
