import {
	BUDGET_LINES,
	type Budget,
	budgetTotals,
	type BudgetTotals,
	readBudget,
} from '#lib/domain/application/budget.ts';
import type { Currency } from '#lib/domain/money.ts';
import type { TypedBudget } from '#lib/server/application/application.repository.ts';

/** A budget as far as it can be read; `isWhole` is false where a line of it cannot. */
export interface ReadBudget extends BudgetTotals {
	readonly lines: Budget;
	readonly isWhole: boolean;
}

/** The typed budget in minor units. A line that cannot be read is left out of the sums, and the surplus is then unknown. */
export function readTypedBudget(typed: TypedBudget, currency: Currency): ReadBudget {
	const read = readBudget(typed, currency);
	if (read.ok) return { lines: read.budget, isWhole: true, ...budgetTotals(read.budget) };
	const wrong = new Set<string>(read.problems.map(({ line }) => line));
	const right = Object.fromEntries(
		BUDGET_LINES.filter((line) => typed[line] !== undefined && !wrong.has(line)).map((line) => [line, typed[line]]),
	);
	const rest = readBudget(right, currency);
	const lines = rest.ok ? rest.budget : {};
	return { lines, isWhole: false, ...budgetTotals(lines), surplus: null };
}
