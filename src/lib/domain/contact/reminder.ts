import { type Day, daysBetween } from '#lib/domain/day.ts';

/** Why an overdue account is not reminded now. */
export const LEFT_OUT = [
	'being_checked',
	'on_hold',
	'application_open',
	'agreement',
	'reminded_recently',
	'daily_cap',
] as const;

export type LeftOut = (typeof LEFT_OUT)[number];

/** What decides whether a reminder goes to the holder of an overdue account. */
export interface ReminderFacts {
	/** Something about the account's figures is in doubt, so that nobody may be reminded of them. */
	readonly isBeingChecked: boolean;
	/** Its holder is vulnerable, or disputes what is owed. */
	readonly isOnHold: boolean;
	/** An application was submitted, and the bank or its holder has yet to answer. */
	readonly hasOpenApplication: boolean;
	/** A plan is being kept, one in its cure window too, or an approved one waits to be signed. */
	readonly hasAgreement: boolean;
	readonly lastRemindedOn: Day | undefined;
	/** Messages that we started today, gone or on their way, over all channels. */
	readonly contactsToday: number;
}

/**
 * Why an overdue account is left out, the weightiest reason first; undefined where it is reminded. Reminders to collect stop
 * while an application is under review and while an agreement is kept (domain.md, "Agreement contents").
 */
export function whyLeftOut(
	facts: ReminderFacts,
	asOf: Day,
	{ everyDays, dailyCap }: { everyDays: number; dailyCap: number },
): LeftOut | undefined {
	if (facts.isBeingChecked) return 'being_checked';
	if (facts.isOnHold) return 'on_hold';
	if (facts.hasOpenApplication) return 'application_open';
	if (facts.hasAgreement) return 'agreement';
	const { lastRemindedOn } = facts;
	if (lastRemindedOn !== undefined && daysBetween(lastRemindedOn, asOf) < everyDays) return 'reminded_recently';
	return facts.contactsToday >= dailyCap ? 'daily_cap' : undefined;
}
