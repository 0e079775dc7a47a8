import { isPostingKind } from '#lib/domain/account/history.ts';
import type { AccountHistory } from '#lib/domain/account/history.ts';
import { isDay } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';

export type ContradictionCode =
	| 'day_does_not_exist'
	| 'amount_not_whole'
	| 'amount_not_above_nought'
	| 'amounts_too_large'
	| 'unknown_kind'
	| 'before_opening'
	| 'due_before_statement_date'
	| 'due_before_earlier_due_date'
	| 'two_statements_on_one_date'
	| 'minimum_below_nought';

/** Why a history cannot be reckoned with, and the record where it shows, by its place in the history's own list. */
export interface Contradiction {
	readonly code: ContradictionCode;
	readonly record: 'account' | 'statement' | 'posting';
	readonly index: number;
	/** The record's day as it was given. */
	readonly day: string | undefined;
}

/**
 * Where a history contradicts itself, statements first; empty where it can be reckoned with. An account with any of
 * these is to be shown as being checked, never with a figure. `openedOn` is the account's opening day, where known.
 */
export function contradictions(history: AccountHistory, openedOn?: Day): Contradiction[] {
	if (isPlainlySound(history, openedOn ?? '')) return [];
	const found = [...statementContradictions(history, openedOn), ...postingContradictions(history, openedOn)];
	const amounts = [
		...history.postings.map(({ amount }) => amount),
		...history.statements.map(({ statementBalance }) => Math.abs(statementBalance)),
	];
	if (!Number.isSafeInteger(2 * amounts.reduce((sum, amount) => sum + amount, 0)) && found.length === 0) {
		found.push({ code: 'amounts_too_large', record: 'account', index: 0, day: undefined });
	}
	return found;
}

/**
 * Whether nothing can be found, told in one pass that keeps nothing: so it is with nearly every account of a night's run.
 * False says no more than that it must be looked at closely, as where statements do not stand by date.
 */
function isPlainlySound({ statements, postings }: AccountHistory, openedOn: Day | ''): boolean {
	let sum = 0;
	let [date, due]: [Day | '', Day | ''] = ['', ''];
	for (const { statementDate, dueDate, statementBalance, minimumPaymentDue } of statements) {
		if (statementDate <= date || statementDate < openedOn || dueDate < statementDate || dueDate < due) return false;
		if (!isDay(statementDate) || !isDay(dueDate) || !(minimumPaymentDue >= 0)) return false;
		if (!Number.isSafeInteger(statementBalance) || !Number.isSafeInteger(minimumPaymentDue)) return false;
		sum += Math.abs(statementBalance);
		[date, due] = [statementDate, dueDate];
	}
	for (const { postedOn, kind, amount } of postings) {
		if (postedOn < openedOn || !isDay(postedOn) || !isPostingKind(kind)) return false;
		if (!(amount > 0) || !Number.isSafeInteger(amount)) return false;
		sum += amount;
	}
	return Number.isSafeInteger(2 * sum);
}

function statementContradictions({ statements }: AccountHistory, openedOn: Day | undefined): Contradiction[] {
	const found: Contradiction[] = [];
	const byDate = statements.map((statement, index) => ({ ...statement, index }));
	byDate.sort((a, b) => (a.statementDate < b.statementDate ? -1 : a.statementDate > b.statementDate ? 1 : 0));
	for (const [order, { index, statementDate: day, dueDate, statementBalance, minimumPaymentDue }] of byDate.entries()) {
		const name = (code: ContradictionCode) => found.push({ code, record: 'statement', index, day });
		const earlier = byDate[order - 1];
		if (!isDay(day) || !isDay(dueDate)) name('day_does_not_exist');
		if (!Number.isSafeInteger(statementBalance) || !Number.isSafeInteger(minimumPaymentDue)) name('amount_not_whole');
		if (minimumPaymentDue < 0) name('minimum_below_nought');
		if (dueDate < day) name('due_before_statement_date');
		if (openedOn !== undefined && day < openedOn) name('before_opening');
		if (earlier?.statementDate === day) name('two_statements_on_one_date');
		else if (earlier && earlier.dueDate > dueDate) name('due_before_earlier_due_date');
	}
	return found;
}

function postingContradictions({ postings }: AccountHistory, openedOn: Day | undefined): Contradiction[] {
	const found: Contradiction[] = [];
	for (const [index, { postedOn: day, kind, amount }] of postings.entries()) {
		const name = (code: ContradictionCode) => found.push({ code, record: 'posting', index, day });
		if (!isDay(day)) name('day_does_not_exist');
		if (!isPostingKind(kind)) name('unknown_kind');
		if (!Number.isSafeInteger(amount)) name('amount_not_whole');
		else if (amount <= 0) name('amount_not_above_nought');
		if (openedOn !== undefined && day < openedOn) name('before_opening');
	}
	return found;
}
