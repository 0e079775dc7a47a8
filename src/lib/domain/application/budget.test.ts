import { expect, test } from 'vitest';
import { BUDGET_LINES, budgetTotals, formatBudget, readBudget } from '#lib/domain/application/budget.ts';
import { currencyOf } from '#lib/domain/money.ts';

const yuan = currencyOf('CNY');

test('lines are read as typed, and empty ones are left out', () => {
	const read = readBudget({ wages: '3,500', housing: '１２００', food: ' ', reason: 'other', utilities: '9' }, yuan);
	expect(read).toEqual({ ok: true, budget: { wages: 350_000, housing: 120_000 } });
});

test('every line that cannot be read is named', () => {
	expect(readBudget({ wages: 'some', food: '-1', housing: '9'.repeat(30), health: 5 }, yuan)).toEqual({
		ok: false,
		problems: [
			{ line: 'wages', problem: 'not_an_amount' },
			{ line: 'housing', problem: 'too_large' },
			{ line: 'food', problem: 'not_an_amount' },
			{ line: 'health', problem: 'not_an_amount' },
		],
	});
});

test('what was stored is read back the same', () => {
	const budget = { wages: 350_000, food: 0, other_debts: 5 };
	expect(formatBudget(budget, yuan)).toEqual({ wages: '3500.00', food: '0.00', other_debts: '0.05' });
	expect(readBudget(formatBudget(budget, yuan), yuan)).toEqual({ ok: true, budget });
});

test('the surplus is what comes in less what goes out, below nought too', () => {
	expect(budgetTotals({ wages: 350_000, benefits: 1, housing: 120_000, food: 80_000 })).toEqual({
		income: 350_001,
		outgoings: 200_000,
		surplus: 150_001,
	});
	expect(budgetTotals({ wages: 0, housing: 120_000 }).surplus).toBe(-120_000);
});

test('half a budget has no surplus', () => {
	expect(budgetTotals({}).surplus).toBeNull();
	expect(budgetTotals({ wages: 350_000 }).surplus).toBeNull();
	expect(budgetTotals({ food: 80_000 }).surplus).toBeNull();
});

test('the budget stays short', () => {
	expect(new Set(BUDGET_LINES).size).toBe(12);
});
