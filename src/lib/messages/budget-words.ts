import type { BudgetLine, BudgetProblem } from '#lib/domain/application/budget.ts';
import * as m from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/paraglide/runtime.js';

type Words = (inputs?: Record<string, never>, options?: { locale?: Locale }) => string;

const NAMES: Readonly<Record<BudgetLine, Words>> = {
	wages: m.budget_wages,
	household_income: m.budget_household_income,
	benefits: m.budget_benefits,
	other_income: m.budget_other_income,
	housing: m.budget_housing,
	food: m.budget_food,
	utilities_and_phone: m.budget_utilities_and_phone,
	transport: m.budget_transport,
	health: m.budget_health,
	family: m.budget_family,
	other_debts: m.budget_other_debts,
	other_outgoings: m.budget_other_outgoings,
};

const HINTS: Readonly<Record<BudgetLine, () => string>> = {
	wages: m.budget_hint_wages,
	household_income: m.budget_hint_household_income,
	benefits: m.budget_hint_benefits,
	other_income: m.budget_hint_other_income,
	housing: m.budget_hint_housing,
	food: m.budget_hint_food,
	utilities_and_phone: m.budget_hint_utilities_and_phone,
	transport: m.budget_hint_transport,
	health: m.budget_hint_health,
	family: m.budget_hint_family,
	other_debts: m.budget_hint_other_debts,
	other_outgoings: m.budget_hint_other_outgoings,
};

const PROBLEMS: Readonly<Record<BudgetProblem['problem'], () => string>> = {
	not_an_amount: m.budget_not_an_amount,
	too_large: m.budget_too_large,
};

/** A line of the budget as its reader says it. */
export function budgetLineName(line: BudgetLine, locale?: Locale): string {
	return NAMES[line]({}, locale && { locale });
}

/** What belongs into a line. */
export function budgetLineHint(line: BudgetLine): string {
	return HINTS[line]();
}

/** What to do about a line, or any typed amount, that cannot be read. */
export function amountProblemWords(problem: BudgetProblem['problem']): string {
	return PROBLEMS[problem]();
}
