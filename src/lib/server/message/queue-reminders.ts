import { LEFT_OUT, type LeftOut, whyLeftOut } from '#lib/domain/contact/reminder.ts';
import type { ContactRules } from '#lib/domain/contact/rules.ts';
import { type Day, dayIn } from '#lib/domain/day.ts';
import { createAccessLink } from '#lib/server/access/create-access-link.ts';
import { lockAccount } from '#lib/server/access/lock-account.ts';
import { type AccountState, readOwed } from '#lib/server/account/account-state.ts';
import { listAccountStates } from '#lib/server/account/list-account-states.ts';
import type { Actor } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db, DbOrTrx } from '#lib/server/db/connect.ts';
import { getContactRules } from '#lib/server/message/contact-rules.ts';
import { findSetting } from '#lib/server/message/message.repository.ts';
import { findReminderRow } from '#lib/server/message/reminder.repository.ts';

/** What a run of reminders did, or in a dry run would do; `accountIds` are those left out for a reason. */
export interface Reminders {
	readonly queued: number;
	readonly leftOut: readonly {
		readonly reason: LeftOut;
		readonly count: number;
		readonly accountIds: readonly string[];
	}[];
}

/**
 * Queues a reminder with a new link for each account that is past due as of a day, within the contact rules: those outside
 * the hours wait for the morning. An account whose figures are being checked is past due for all we know, so it is counted
 * among those left out.
 */
export async function queueReminders(
	db: Db,
	{ asOf, dryRun, actor }: { asOf: Day; dryRun: boolean; actor: Actor },
): Promise<Reminders> {
	const rules = await getReminderRules(db);
	const leftOut = new Map<LeftOut, string[]>();
	let queued = 0;
	for await (const state of listAccountStates(db)) {
		if ((readOwed(state, asOf)?.pastDueAmount ?? 1) <= 0) continue;
		const reason = dryRun ? await findReason(db, state, asOf, rules) : await remind(db, state, { asOf, rules, actor });
		if (reason === undefined) queued++;
		else leftOut.set(reason, [...(leftOut.get(reason) ?? []), state.accountId]);
	}
	const reasons = LEFT_OUT.map((reason) => ({ reason, accountIds: leftOut.get(reason) ?? [] }));
	return {
		queued,
		leftOut: reasons
			.filter(({ accountIds }) => accountIds.length > 0)
			.map(({ reason, accountIds }) => ({ reason, count: accountIds.length, accountIds })),
	};
}

interface ReminderRules extends ContactRules {
	readonly everyDays: number;
}

/** One account's reminder: the account is locked, so that two runs at once remind once. */
async function remind(
	db: Db,
	state: AccountState,
	{ asOf, rules, actor }: { asOf: Day; rules: ReminderRules; actor: Actor },
): Promise<LeftOut | undefined> {
	const { accountId } = state;
	return db.transaction().execute(async (trx) => {
		await lockAccount(trx, accountId);
		const reason = await findReason(trx, state, asOf, rules);
		if (reason === undefined) await createAccessLink(trx, { accountId, actor, template: 'reminder' });
		return reason;
	});
}

async function findReason(
	db: DbOrTrx,
	{ accountId, cardholderId, beingChecked }: AccountState,
	asOf: Day,
	rules: ReminderRules,
): Promise<LeftOut | undefined> {
	const { timeZone } = rules;
	const today = dayIn(now(), timeZone);
	const row = await findReminderRow(db, { accountId, cardholderId, today, timeZone });
	const facts = { ...row, isBeingChecked: beingChecked, lastRemindedOn: row.lastRemindedOn ?? undefined };
	return whyLeftOut(facts, asOf > today ? asOf : today, rules);
}

async function getReminderRules(db: Db): Promise<ReminderRules> {
	const { everyDays } = (await findSetting(db, 'reminders')) ?? {};
	if (typeof everyDays !== 'number' || !(everyDays >= 0)) throw new Error('the setting reminders makes no sense');
	return { ...(await getContactRules(db)), everyDays };
}
