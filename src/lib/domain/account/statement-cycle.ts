import type { Statement } from '#lib/domain/account/history.ts';
import { addDays, addMonths, daysBetween } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';

/** The dates of a statement to come. */
export interface CycleDates {
	readonly statementDate: Day;
	readonly dueDate: Day;
}

/**
 * The dates of the first statement after a day, where statements go on monthly on the same days; undefined where there
 * was none to go on from. The statement day is the newest statement's, or an earlier one's where the newest was clamped
 * to its month's end. Due dates keep their day of the month where all had the same, else their distance in days.
 */
export function nextCycle(statements: readonly Statement[], after: Day): CycleDates | undefined {
	const byDate = [...statements].sort((a, b) => (a.statementDate < b.statementDate ? -1 : 1));
	const last = byDate.at(-1);
	if (!last) return undefined;
	const statementDay = monthlyDay(byDate.map(({ statementDate }) => statementDate));
	const dueDay = monthlyDay(byDate.map(({ dueDate }) => dueDate));
	const sameDueDay = byDate.every(({ dueDate }) => dueDate === inMonth(dueDate, dueDay, 0));
	for (let months = 1; ; months++) {
		const statementDate = inMonth(last.statementDate, statementDay, months);
		if (statementDate <= after) continue;
		const dueDate = sameDueDay
			? inMonth(last.dueDate, dueDay, months)
			: addDays(statementDate, daysBetween(last.statementDate, last.dueDate));
		return { statementDate, dueDate };
	}
}

/** The day of the month behind monthly days, the newest last: the newest's own, unless its month was too short for it. */
function monthlyDay(days: readonly Day[]): number {
	const newest = days.at(-1) ?? '';
	const isMonthEnd = addDays(newest, 1).endsWith('-01');
	return Math.max(...(isMonthEnd ? days : [newest]).map((day) => Number(day.slice(8))));
}

/** That day of the month, so many months after the given day's, clamped to the month's end. */
function inMonth(day: Day, dayOfMonth: number, months: number): Day {
	const january = `${day.slice(0, 4)}-01-${String(dayOfMonth).padStart(2, '0')}`;
	return addMonths(january, Number(day.slice(5, 7)) - 1 + months);
}
