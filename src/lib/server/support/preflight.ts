import { refusesResend, type ResendRefusal } from '#lib/domain/access/resend.ts';
import { nextAllowedAt, nextDayAllowedAt } from '#lib/domain/contact/hours.ts';
import { withinDailyCap } from '#lib/domain/contact/rules.ts';
import { dayIn } from '#lib/domain/day.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { readResendState } from '#lib/server/access/resend-state.ts';
import { listAccountsOf } from '#lib/server/account/account-state.ts';
import { findLastChange } from '#lib/server/contact-number/read-number-change.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { getContactRules } from '#lib/server/message/contact-rules.ts';
import { countContacts, findLastFailure, findLastLinkSent } from '#lib/server/support/preflight.repository.ts';
import { readSupportRules } from '#lib/server/support/support-rules.ts';

/** Whether a link would go, and when, before anybody presses the button. */
export interface Preflight {
	/** Names the account among the person's: its place in their list, and the card's last four beside it. */
	readonly account: number;
	readonly cardLast4: string;
	/** What forbids it; undefined where nothing does. */
	readonly refused: ResendRefusal | undefined;
	readonly resendsToday: number;
	readonly resendsPerDay: number;
	/** When the last message with a link to this account went out. */
	readonly lastSentAt: Date | null;
	/** When the message would go out: now, at the next contact hour, or the next day where the day's cap is reached. */
	readonly sendsAt: Date;
	readonly waitsFor: 'nothing' | 'hours' | 'daily_cap';
	/** How many messages of ours the person had today, of how many. */
	readonly contactsToday: number;
	readonly contactsPerDay: number;
	/** The last message to them that could not be delivered, where none was since. */
	readonly failedAt: Date | null;
	/** The number was changed so lately that it is worth asking about. */
	readonly numberChangedAt: Date | null;
}

const DAY_MS = 86_400_000;

/** What is so of each account of a person before a link is sent. */
export async function listPreflights(
	db: Db,
	{ cardholderId, timeZone }: { cardholderId: string; timeZone: string | null },
	at: Date,
): Promise<Preflight[]> {
	const contact = await getContactRules(db);
	const access = await getAccessRules(db);
	const { recentChangeDays } = await readSupportRules(db);
	const contacts = await countContacts(db, cardholderId, dayIn(at, timeZone ?? contact.timeZone));
	const hours = nextAllowedAt(at, timeZone, contact);
	const isCapped = !withinDailyCap(contacts, contact);
	const changedAt = (await findLastChange(db, cardholderId))?.changedAt;
	const isRecent = changedAt !== undefined && at.getTime() - changedAt.getTime() < recentChangeDays * DAY_MS;
	const shared = {
		resendsPerDay: access.resendsPerDay,
		sendsAt: isCapped ? nextDayAllowedAt(at, timeZone, contact) : hours,
		waitsFor: isCapped ? ('daily_cap' as const) : hours > at ? ('hours' as const) : ('nothing' as const),
		contactsToday: contacts,
		contactsPerDay: contact.dailyCap,
		failedAt: await findLastFailure(db, cardholderId),
		numberChangedAt: isRecent ? changedAt : null,
	};
	const preflights: Preflight[] = [];
	for (const [account, { accountId, cardLast4 }] of (await listAccountsOf(db, cardholderId)).entries()) {
		const state = await readResendState(db, { cardholderId, accountId, at });
		preflights.push({
			...shared,
			account,
			cardLast4,
			refused: refusesResend(state, at, access),
			resendsToday: state.resendsToday,
			lastSentAt: await findLastLinkSent(db, accountId),
		});
	}
	return preflights;
}
