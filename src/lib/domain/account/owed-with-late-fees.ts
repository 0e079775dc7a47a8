import type { AccountHistory } from '#lib/domain/account/history.ts';
import { figuresOf, type Owed } from '#lib/domain/account/owed.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { replay } from '#lib/domain/account/replay.ts';
import { dayNumber, type Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/** What is owed, with the late payment fees within the billed fees known apart: only they are waived by a plan. */
export interface OwedWithLateFees extends Owed {
	readonly billedLateFees: Minor;
}

/** The figures that a plan is made from, without the lines behind them, which cost many times as much. */
export function owedWithLateFees(history: AccountHistory, timeline: PolicyTimeline, asOf: Day): OwedWithLateFees {
	const state = replay(history, timeline, dayNumber(asOf));
	const billedLateFees = state.fee.debits
		.filter(({ kind }) => kind === 'late_fee')
		.reduce((sum, { left }) => sum + left, 0);
	return { ...figuresOf(state), billedLateFees };
}
