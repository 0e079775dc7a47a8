import { isPostingKind } from '#lib/domain/account/history.ts';
import type { AccountHistory, Posting, Statement } from '#lib/domain/account/history.ts';
import { isDay } from '#lib/domain/day.ts';
import { parseAmount } from '#lib/domain/money.ts';
import type { Currency } from '#lib/domain/money.ts';

/** A field that could not be read, by the record's place in its list. */
export interface HistoryProblem {
	readonly problem: 'not_a_list' | 'not_a_day' | 'not_an_amount' | 'unknown_kind';
	readonly record: 'statement' | 'posting';
	readonly index: number;
	readonly field: string;
}

export type ParsedHistory =
	| { readonly ok: true; readonly history: AccountHistory }
	| { readonly ok: false; readonly problems: readonly HistoryProblem[] };

/**
 * Reads statements and postings from plain JSON with the keys of `owed.jsonl`: amounts are decimals with exactly the
 * currency's digits, days exist. Every problem is named. Whether the history makes sense, `contradictions` says.
 */
export function parseHistory(json: { statements?: unknown; postings?: unknown }, currency: Currency): ParsedHistory {
	const problems: HistoryProblem[] = [];
	const statements = records(json.statements, 'statement', problems).map((row, index): Statement => {
		const field = fieldReader(row, 'statement', index, currency, problems);
		return {
			statementDate: field.day('statementDate'),
			dueDate: field.day('dueDate'),
			statementBalance: field.amount('statementBalance'),
			minimumPaymentDue: field.amount('minimumPaymentDue'),
		};
	});
	const postings = records(json.postings, 'posting', problems).map((row, index): Posting => {
		const field = fieldReader(row, 'posting', index, currency, problems);
		return { postedOn: field.day('postedOn'), kind: field.kind('kind'), amount: field.amount('amount') };
	});
	return problems.length === 0 ? { ok: true, history: { currency, statements, postings } } : { ok: false, problems };
}

type Row = Readonly<Record<string, unknown>>;

function records(list: unknown, record: HistoryProblem['record'], problems: HistoryProblem[]): Row[] {
	if (Array.isArray(list))
		return list.map((row: unknown) => (typeof row === 'object' && row !== null ? { ...row } : {}));
	problems.push({ problem: 'not_a_list', record, index: 0, field: `${record}s` });
	return [];
}

function fieldReader(
	row: Row,
	record: HistoryProblem['record'],
	index: number,
	currency: Currency,
	problems: HistoryProblem[],
) {
	const text = (field: string): string => {
		const value = row[field];
		return typeof value === 'string' ? value : '';
	};
	const wrong = <T>(problem: HistoryProblem['problem'], field: string, standIn: T): T => {
		problems.push({ problem, record, index, field });
		return standIn;
	};
	return {
		day: (field: string) => (isDay(text(field)) ? text(field) : wrong('not_a_day', field, '1970-01-01')),
		amount: (field: string) => parseAmount(text(field), currency) ?? wrong('not_an_amount', field, 0),
		kind: (field: string) => {
			const kind = text(field);
			return isPostingKind(kind) ? kind : wrong('unknown_kind', field, 'payment' as const);
		},
	};
}
