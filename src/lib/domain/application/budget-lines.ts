import { type Budget, BUDGET_LINES, type BudgetLine, type BudgetProblem } from '#lib/domain/application/budget.ts';
import { readTypedAmount } from '#lib/domain/application/typed-amount.ts';
import type { Currency, Minor } from '#lib/domain/money.ts';
import { ownOf } from '#lib/domain/own-of.ts';

/** A budget while it is being filled in: the lines that can be read, and what is wrong with the others. */
export interface BudgetLines {
	readonly budget: Budget;
	readonly problems: Readonly<Partial<Record<BudgetLine, BudgetProblem['problem']>>>;
}

/** Reads each line by itself, so that one that cannot be read keeps none of the others out of the sums. */
export function readLines(typed: Readonly<Record<string, string>>, currency: Currency): BudgetLines {
	const budget: Partial<Record<BudgetLine, Minor>> = {};
	const problems: Partial<Record<BudgetLine, BudgetProblem['problem']>> = {};
	for (const line of BUDGET_LINES) {
		const text = ownOf(typed, line) ?? '';
		if (text.trim() === '') continue;
		const read = readTypedAmount(text, currency);
		if (read.ok) budget[line] = read.amount;
		else problems[line] = read.refusal;
	}
	return { budget, problems };
}
