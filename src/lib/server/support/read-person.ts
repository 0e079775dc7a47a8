import { maskPhone } from '#lib/domain/access/phone.ts';
import { nextAllowedAt, nextDayAllowedAt } from '#lib/domain/contact/hours.ts';
import { withinDailyCap } from '#lib/domain/contact/rules.ts';
import { dayIn } from '#lib/domain/day.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { listAccountsOf } from '#lib/server/account/account-state.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { getContactRules } from '#lib/server/message/contact-rules.ts';
import { listAccessTrail, type TrailStep } from '#lib/server/support/access-trail.ts';
import { countSent } from '#lib/server/support/access-trail.repository.ts';
import { findPersonById, type PersonRow } from '#lib/server/support/person.repository.ts';

/** Whether a link would go now, before anybody presses the button. */
export interface Preflight {
	/** Names the account among the person's: its place in their list, and the card's last four beside it. */
	readonly account: number;
	readonly cardLast4: string;
	readonly resendsToday: number;
	readonly resendsPerDay: number;
	/** When the last message with a link to this account went out. */
	readonly lastSentAt: Date | null;
	/** When the message would go out: now, at the next contact hour, or the next day where the day's cap is reached. */
	readonly sendsAt: Date;
	readonly waitsFor: 'nothing' | 'hours' | 'daily_cap';
}

/** A cardholder as support sees them: no amount, no document, no token, no code, no whole number. */
export interface SupportedPerson {
	readonly cardholderId: string;
	readonly name: string;
	readonly phone: string;
	readonly locale: string;
	/** The zone in which contact hours count. */
	readonly timeZone: string;
	readonly at: Date;
	readonly accounts: readonly Preflight[];
	readonly trail: readonly TrailStep[];
}

/** The person with this customer id, for a named member of the staff; the look is written into the audit log. */
export async function findPerson(
	db: Db,
	{ cardholderId, staffId }: { cardholderId: string; staffId: string },
): Promise<SupportedPerson | undefined> {
	// An address can hold what no id can, and no database takes.
	const person = plainText(cardholderId) === cardholderId ? await findPersonById(db, cardholderId) : undefined;
	if (!person) return undefined;
	const at = now();
	await auditLook(db, { cardholderId, staffId });
	const { name, locale, phone } = person;
	return {
		cardholderId,
		name,
		phone: maskPhone(phone),
		locale,
		timeZone: person.timeZone ?? env().bankTimeZone,
		at,
		accounts: await preflightsOf(db, person, at),
		trail: await listAccessTrail(db, cardholderId, at),
	};
}

/** The account that a form names, by its place in the person's list and its card; undefined where they do not fit. */
export async function findNamedAccount(
	db: Db,
	{ cardholderId, account, cardLast4 }: { cardholderId: string; account: number; cardLast4: string },
): Promise<string | undefined> {
	const named = (await listAccountsOf(db, cardholderId))[account];
	return named?.cardLast4 === cardLast4 ? named.accountId : undefined;
}

async function preflightsOf(db: Db, { cardholderId, timeZone }: PersonRow, at: Date): Promise<Preflight[]> {
	const rules = await getContactRules(db);
	const { resendsPerDay } = await getAccessRules(db);
	const bankZone = env().bankTimeZone;
	const ownDay = dayIn(at, timeZone ?? rules.timeZone);
	const hours = nextAllowedAt(at, timeZone, rules);
	const preflights: Preflight[] = [];
	for (const [account, { accountId, cardLast4 }] of (await listAccountsOf(db, cardholderId)).entries()) {
		const counted = { accountId, cardholderId, bankDay: dayIn(at, bankZone), bankZone, ownDay };
		const { resends, contacts, lastSentAt } = await countSent(db, counted);
		const isCapped = !withinDailyCap(contacts, rules);
		preflights.push({
			account,
			cardLast4,
			resendsToday: resends,
			resendsPerDay,
			lastSentAt,
			sendsAt: isCapped ? nextDayAllowedAt(at, timeZone, rules) : hours,
			waitsFor: isCapped ? 'daily_cap' : hours > at ? 'hours' : 'nothing',
		});
	}
	return preflights;
}

async function auditLook(db: Db, { cardholderId, staffId }: { cardholderId: string; staffId: string }): Promise<void> {
	await db.transaction().execute((trx) =>
		appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: 'support.viewed',
			subjectKind: 'cardholder',
			subjectId: cardholderId,
			cardholderId,
		}),
	);
}
