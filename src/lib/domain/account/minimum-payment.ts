import { creditStatement } from '#lib/domain/account/statement-standing.ts';
import type { StatementStanding } from '#lib/domain/account/statement-standing.ts';
import type { Minor } from '#lib/domain/money.ts';

/**
 * Opens a statement at the end of its date: its own increment is its minimum less what is outstanding of earlier
 * increments, never below nought. One whose balance is within the tolerance is paid in full at once.
 */
export function openStatement(statements: readonly StatementStanding[], opening: StatementStanding): void {
	let outstanding = 0;
	for (const earlier of statements) outstanding += earlier.incrementLeft;
	opening.increment = Math.max(0, opening.statement.minimumPaymentDue - outstanding);
	opening.incrementLeft = opening.increment;
	creditStatement(opening, 0, opening.date);
	if (opening.paidInFullOn !== undefined) meetIncrements(statements, opening);
}

/**
 * Takes a day's credits together, so that it does not matter into how many payments they were split: they pay
 * increments first due first, then a statement that they paid in full has its minimum and every earlier one met.
 * What exceeds the increments is not carried forward. Statements of the day itself and later are not open yet.
 */
export function creditMinimums(statements: readonly StatementStanding[], credits: Minor, day: number): void {
	let rest = credits;
	for (const standing of statements) {
		const paid = Math.min(rest, standing.incrementLeft);
		standing.incrementLeft -= paid;
		rest -= paid;
	}
	for (const standing of statements) {
		if (standing.date >= day || standing.graceEnd < day) continue;
		creditStatement(standing, credits, day);
		if (standing.paidInFullOn === day) meetIncrements(statements, standing);
	}
}

/** The minimum of a statement paid in full and every earlier one are met. */
function meetIncrements(statements: readonly StatementStanding[], paidInFull: StatementStanding): void {
	for (const standing of statements) {
		if (standing.order <= paidInFull.order) standing.incrementLeft = 0;
	}
}
