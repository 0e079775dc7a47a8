import type { Statement } from '#lib/domain/account/history.ts';
import { versionOn } from '#lib/domain/account/policy-timeline.ts';
import type { PolicyTimeline, PolicyVersion } from '#lib/domain/account/policy-timeline.ts';
import { dayNumber } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/** A statement with its rules and how it stands so far. Days are day numbers. */
export interface StatementStanding {
	readonly statement: Statement;
	/** Its place among the account's statements by date. */
	readonly order: number;
	readonly date: number;
	readonly dueDate: number;
	/** The last day on which a credit still counts for it. */
	readonly graceEnd: number;
	/** The policy of the statement's date: its grace, tolerance, fee and minimum stay those. */
	readonly version: PolicyVersion;
	/** The credits after its date and up to the end of grace; a waiver for what it settled. */
	credited: Minor;
	/** The day on which those reached its balance less the tolerance. */
	paidInFullOn: number | undefined;
	/** What its minimum added to the earlier ones. */
	increment: Minor;
	/** What is unpaid of that. */
	incrementLeft: Minor;
}

/** The statement as it stands before any credit after it. */
export function standingOf(statement: Statement, order: number, timeline: PolicyTimeline): StatementStanding {
	const date = dayNumber(statement.statementDate);
	const dueDate = dayNumber(statement.dueDate);
	const version = versionOn(timeline, date);
	const graceEnd = dueDate + version.policy.graceDays;
	return {
		statement,
		order,
		date,
		dueDate,
		graceEnd,
		version,
		credited: 0,
		paidInFullOn: undefined,
		increment: 0,
		incrementLeft: 0,
	};
}

/** Whether grace ended before the day without payment in full: its purchases bear interest from their posting days. */
export function lostInterestFreePeriod(standing: StatementStanding, day: number): boolean {
	return standing.graceEnd < day && standing.paidInFullOn === undefined;
}

/** Notes credits of a day on or before the end of grace, and on which day they reached payment in full. */
export function creditStatement(standing: StatementStanding, amount: Minor, day: number): void {
	standing.credited += amount;
	const enough = standing.statement.statementBalance - standing.version.policy.shortfallTolerance;
	if (standing.paidInFullOn === undefined && standing.credited >= enough) standing.paidInFullOn = day;
}
