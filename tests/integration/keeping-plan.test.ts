import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { addDays } from '#lib/domain/day.ts';
import { expireOffers, keepAgreements } from '#lib/server/agreement/keep-agreements.ts';
import { moveAgreement } from '#lib/server/agreement/move-agreement.ts';
import { queueReminders } from '#lib/server/message/queue-reminders.ts';
import { holdClock, passSeconds, useEnv } from '../support/access.ts';
import { keepOn, makeApproved, makeSigned, pay, stateOf } from '../support/agreement.ts';
import { useDatabase } from '../support/database.ts';
import { AT, makeCardholder, TODAY } from '../support/trip.ts';

const database = useDatabase();
const DUE = '2026-12-05';

beforeAll(() => useEnv());
beforeEach(() => holdClock(AT));
afterEach(() => vi.useRealTimers());

test('a payment on the due date to the fen keeps the plan; the next instalment is announced five days before', async () => {
	const signed = await makeSigned(database.db);
	expect(signed.dueOn[0]).toBe(DUE);
	await keepOn(database.db, '2026-11-29');
	expect((await stateOf(database.db, signed)).events).toEqual([]);
	await keepOn(database.db, '2026-11-30');
	await pay(database.db, signed, DUE, signed.totals[0] ?? 0);
	await keepOn(database.db, '2026-12-10');
	expect(await stateOf(database.db, signed)).toMatchObject({
		status: 'active',
		events: ['due_notice 1 2026-11-30'],
		messages: ['instalment_due'],
		audit: ['agreement.due_notice'],
	});
});

test('a part payment misses, is told, and the rest within the window makes it good', async () => {
	const signed = await makeSigned(database.db);
	await pay(database.db, signed, '2026-12-01', 100);
	await keepOn(database.db, DUE);
	expect((await stateOf(database.db, signed)).status).toBe('active');
	await keepOn(database.db, addDays(DUE, 1));
	expect(await stateOf(database.db, signed)).toMatchObject({ status: 'missed' });
	await pay(database.db, signed, addDays(DUE, 15), (signed.totals[0] ?? 0) - 100);
	await keepOn(database.db, addDays(DUE, 15));
	const state = await stateOf(database.db, signed);
	expect(state.status).toBe('active');
	expect(state.events.slice(-2)).toEqual(['missed 1 2026-12-06', 'cured 1 2026-12-20']);
	expect(state.messages).toEqual(['instalment_due', 'instalment_missed', 'instalment_cured']);
});

test('after its window a missed instalment lapses the plan, with every line of the balance written down', async () => {
	const signed = await makeSigned(database.db);
	await pay(database.db, signed, DUE, signed.totals[0] ?? 0);
	await keepOn(database.db, '2027-01-06');
	await keepOn(database.db, '2027-01-20');
	expect((await stateOf(database.db, signed)).status).toBe('missed');
	await keepOn(database.db, '2027-01-21');
	const state = await stateOf(database.db, signed);
	expect(state.status).toBe('lapsed');
	expect(state.messages).toContain('agreement_lapsed');
	const lines = state.details.at(-1) ?? {};
	const { total = 0, ...parts } = lines;
	expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(total);
	expect(parts).toMatchObject({ principal: (signed.totals[1] ?? 0) + (signed.totals[2] ?? 0), interestDue: 0 });
	// The waivers of this product hold on completion only: late fees of ¥163.75 and three tenths of the interest.
	expect(parts.lateFeesReturned).toBeGreaterThanOrEqual(16_375);
	expect(parts.interestReturned).toBeGreaterThan(0);
	expect(JSON.stringify(state.auditDetails)).not.toContain(String(total));
});

test('the last payment completes the plan, and a lapsed or completed plan is looked at no more', async () => {
	const signed = await makeSigned(database.db);
	for (const [index, total] of signed.totals.entries()) {
		await pay(database.db, signed, signed.dueOn[index] ?? DUE, total);
	}
	await keepOn(database.db, '2027-02-05');
	const state = await stateOf(database.db, signed);
	expect(state).toMatchObject({ status: 'completed', messages: ['agreement_completed'] });
	expect(state.events).toEqual(['completed - 2027-02-05']);
	expect(await keepOn(database.db, '2027-02-06')).toBe(0);
});

test('early, more than one instalment or too much: the plan is kept, settled early, and what is over is known', async () => {
	const ahead = await makeSigned(database.db);
	await pay(database.db, ahead, '2026-11-25', (ahead.totals[0] ?? 0) + 100);
	const all = await makeSigned(database.db);
	const sum = all.totals.reduce((whole, total) => whole + total, 0);
	await pay(database.db, all, '2026-11-25', sum + 500);
	await keepOn(database.db, '2026-12-06');
	expect(await stateOf(database.db, ahead)).toMatchObject({ status: 'active', events: [] });
	const settled = await stateOf(database.db, all);
	expect(settled.status).toBe('completed');
	expect(settled.events).toEqual(['settled_early - 2026-11-25']);
	expect(settled.details).toEqual([{ paid: sum, spared: 0, overPaid: 500 }]);
});

test('a plan with interest is settled by the figure of the day, less than all that was left', async () => {
	const signed = await makeSigned(database.db, { product: 'personal-instalments', instalments: 12 });
	const sum = signed.totals.reduce((whole, total) => whole + total, 0);
	await pay(database.db, signed, '2026-11-25', sum - 15_000);
	await keepOn(database.db, '2026-11-26');
	const state = await stateOf(database.db, signed);
	expect(state.status).toBe('completed');
	expect(state.details.at(-1)).toMatchObject({ paid: sum - 15_000, spared: 15_000 });
});

test('nobody looking for weeks ends where looking every day does', async () => {
	const [daily, away] = [await makeSigned(database.db), await makeSigned(database.db)];
	for (const signed of [daily, away]) {
		await pay(database.db, signed, '2026-12-10', signed.totals[0] ?? 0);
	}
	await database.db
		.updateTable('agreement')
		.set({ looked_on: '2099-01-01' })
		.where('id', '=', away.agreementId)
		.execute();
	for (let day = TODAY; day <= '2027-01-25'; day = addDays(day, 1)) await keepOn(database.db, day);
	await database.db.updateTable('agreement').set({ looked_on: TODAY }).where('id', '=', away.agreementId).execute();
	await keepOn(database.db, '2027-01-25');
	const [one, other] = [await stateOf(database.db, daily), await stateOf(database.db, away)];
	expect(other.status).toBe('lapsed');
	expect(other.status).toBe(one.status);
	const lasting = (events: string[]) => events.filter((event) => !event.startsWith('due_notice'));
	expect(lasting(other.events)).toEqual(lasting(one.events));
	// What was over long ago is told to nobody.
	expect(other.messages).toEqual(['agreement_lapsed']);
});

test('many processes at once look at each plan once, and once a day until something comes in', async () => {
	const plans = [await makeSigned(database.db), await makeSigned(database.db), await makeSigned(database.db)];
	await keepOn(database.db, '2026-12-05');
	const today = '2026-12-06';
	const looked = await Promise.all([1, 2, 3].map(() => keepAgreements(database.db, { today })));
	expect(looked.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(plans.length);
	for (const plan of plans) {
		const { events, messages } = await stateOf(database.db, plan);
		expect(events.filter((event) => event.startsWith('missed'))).toEqual(['missed 1 2026-12-06']);
		expect(messages.filter((template) => template === 'instalment_missed')).toHaveLength(1);
	}
	expect(await keepAgreements(database.db, { today })).toBe(0);
	passSeconds(3_600);
	const [first] = plans;
	if (first) await pay(database.db, first, today, first.totals[0] ?? 0);
	expect(await keepAgreements(database.db, { today })).toBe(looked.reduce((sum, count) => sum + count, 0));
});

test('nothing goes against the holder of an account that is being checked', async () => {
	const signed = await makeSigned(database.db);
	const account = () => database.db.updateTable('account').where('id', '=', signed.accountId);
	await account().set({ policy_code: 'nowhere' }).execute();
	await keepOn(database.db, '2026-12-30');
	expect((await stateOf(database.db, signed)).status).toBe('active');
	await account().set({ policy_code: 'cn-standard' }).execute();
});

test('reminders to collect stop while a plan is kept or can be signed, and come again once it has lapsed', async () => {
	const signed = await makeSigned(database.db);
	const offered = await makeCardholder(database.db);
	await makeApproved(database.db, offered);
	const actor = { kind: 'command', id: null } as const;
	const remind = () => queueReminders(database.db, { asOf: TODAY, dryRun: true, actor });
	const leftOut = async () => (await remind()).leftOut.find(({ reason }) => reason === 'agreement')?.accountIds ?? [];
	expect(await leftOut()).toEqual(expect.arrayContaining([signed.accountId, offered.accountId]));
	await keepOn(database.db, '2026-12-08');
	expect(await leftOut()).toContain(signed.accountId);
	await keepOn(database.db, '2026-12-22');
	expect((await stateOf(database.db, signed)).status).toBe('lapsed');
	expect(await leftOut()).not.toContain(signed.accountId);
});

test('an offer whose time to sign is over expires once and is told', async () => {
	const owner = await makeCardholder(database.db);
	const { agreementId } = await makeApproved(database.db, owner);
	await expireOffers(database.db, { today: TODAY, at: AT });
	const view = { ...owner, agreementId, totals: [], dueOn: [] };
	expect((await stateOf(database.db, view)).status).toBe('offered');
	const at = new Date(AT.getTime() + 7 * 86_400_000);
	const ended = await Promise.all([1, 2].map(() => expireOffers(database.db, { today: '2026-11-27', at })));
	expect(ended.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(1);
	expect(await stateOf(database.db, view)).toMatchObject({
		status: 'expired',
		events: ['expired - 2026-11-27'],
		messages: ['agreement_expired'],
	});
	const sign = { agreementId, to: 'active', event: 'signed', occurredOn: TODAY, at: AT } as const;
	const actor = { kind: 'system', id: null } as const;
	const late = await database.db.transaction().execute((trx) => moveAgreement(trx, { ...sign, actor }));
	expect(late).toEqual({ ok: false, refusal: 'move_not_allowed' });
});
