import { addDays, type Day, daysBetween } from '#lib/domain/day.ts';
import type { DayRange } from '#lib/domain/overview/day-range.ts';

/** How many came into the queue on a day, and how many left it. */
export interface QueueMoves {
	readonly day: Day;
	readonly came: number;
	readonly left: number;
}

/** A stretch of days with its moves, and how many were open at its end. */
export interface QueueSpan extends DayRange {
	readonly came: number;
	readonly left: number;
	readonly open: number;
}

/** Up to so many days each has a line of its own; beyond, each month has. */
const MOST_DAYS = 92;

/**
 * How long the queue was at the end of each day, or month, of a range: from how long it is now, back through all moves since.
 * `moves` are those of the range's first day and later, in any order; days without one may be missing.
 */
export function queueLengths(openNow: number, moves: readonly QueueMoves[], range: DayRange): readonly QueueSpan[] {
	const byDay = new Map(moves.map((move) => [move.day, move]));
	let open = openNow;
	for (const { day, came, left } of moves) if (day > range.to) open += left - came;
	const days: QueueSpan[] = [];
	for (let day = range.to; day >= range.from; day = addDays(day, -1)) {
		const { came, left } = byDay.get(day) ?? { came: 0, left: 0 };
		days.push({ from: day, to: day, came, left, open });
		open += left - came;
	}
	days.reverse();
	return daysBetween(range.from, range.to) < MOST_DAYS ? days : byMonth(days);
}

function byMonth(days: readonly QueueSpan[]): readonly QueueSpan[] {
	const months = new Map<string, QueueSpan>();
	for (const day of days) {
		const month = day.from.slice(0, 7);
		const { from, came, left } = months.get(month) ?? { from: day.from, came: 0, left: 0 };
		months.set(month, { from, to: day.to, came: came + day.came, left: left + day.left, open: day.open });
	}
	return [...months.values()];
}
