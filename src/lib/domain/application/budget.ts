import { readTypedAmount } from '#lib/domain/application/typed-amount.ts';
import { formatAmount } from '#lib/domain/money.ts';
import type { Currency, Minor } from '#lib/domain/money.ts';
import { ownOf } from '#lib/domain/own-of.ts';

/** What comes in each month. */
export const INCOME_LINES = ['wages', 'household_income', 'benefits', 'other_income'] as const;

/** What goes out each month, the card's own payments aside. */
export const OUTGOING_LINES = [
	'housing',
	'food',
	'utilities_and_phone',
	'transport',
	'health',
	'family',
	'other_debts',
	'other_outgoings',
] as const;

/** A dozen lines, in the order of the page; codes are stored and never change. */
export const BUDGET_LINES = [...INCOME_LINES, ...OUTGOING_LINES] as const;
export type BudgetLine = (typeof BUDGET_LINES)[number];

/** A short monthly budget; every line is optional, and a line left out is not the same as a nought. */
export type Budget = Readonly<Partial<Record<BudgetLine, Minor>>>;

/** What is wrong with a line as it was typed. */
export interface BudgetProblem {
	readonly line: BudgetLine;
	readonly problem: 'not_an_amount' | 'too_large';
}

/**
 * Reads the lines of a form, or of stored JSON: text as a person types it, empty lines left out. Fields that are no
 * budget line are none of its business.
 */
export function readBudget(
	input: Readonly<Record<string, unknown>>,
	currency: Currency,
):
	{ readonly ok: true; readonly budget: Budget } | { readonly ok: false; readonly problems: readonly BudgetProblem[] } {
	const budget: Partial<Record<BudgetLine, Minor>> = {};
	const problems: BudgetProblem[] = [];
	for (const line of BUDGET_LINES) {
		const value = ownOf(input, line);
		if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) continue;
		const typed = readTypedAmount(typeof value === 'string' ? value : 'not text', currency);
		if (typed.ok) budget[line] = typed.amount;
		else problems.push({ line, problem: typed.refusal });
	}
	return problems.length > 0 ? { ok: false, problems } : { ok: true, budget };
}

/** A budget as JSON: decimal strings, lines in their order. */
export function formatBudget(budget: Budget, currency: Currency): Record<string, string> {
	const lines = BUDGET_LINES.filter((line) => budget[line] !== undefined);
	return Object.fromEntries(lines.map((line) => [line, formatAmount(budget[line]!, currency)]));
}

/** What a budget comes to. `surplus` is null where no income or no outgoing was named: half a budget shows nothing. */
export interface BudgetTotals {
	readonly income: Minor;
	readonly outgoings: Minor;
	readonly surplus: Minor | null;
}

/** Sums a budget; the surplus is below nought where more goes out than comes in. */
export function budgetTotals(budget: Budget): BudgetTotals {
	const sum = (lines: readonly BudgetLine[]) => lines.reduce((total, line) => total + (budget[line] ?? 0), 0);
	const named = (lines: readonly BudgetLine[]) => lines.some((line) => budget[line] !== undefined);
	const income = sum(INCOME_LINES);
	const outgoings = sum(OUTGOING_LINES);
	const whole = named(INCOME_LINES) && named(OUTGOING_LINES);
	return { income, outgoings, surplus: whole ? income - outgoings : null };
}
