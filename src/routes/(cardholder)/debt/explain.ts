import type { DebitLine } from '#lib/domain/account/ledger-posting.ts';
import type { Ledger } from '#lib/domain/account/ledger.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { formatRate } from '#lib/domain/plan/rate-text.ts';
import type { Rate } from '#lib/domain/rate.ts';
import { percentText } from '#lib/messages/format.ts';

/** How many lines of a kind are written out; a page on a phone is no ledger. */
const WRITTEN_OUT = 6;

/** "Why this amount" in plain data: what the page says in sentences and short lists. */
export interface Explanation {
	readonly oldestPrincipalOn: Day | undefined;
	readonly lost: readonly { readonly statementDate: Day; readonly graceEndsOn: Day }[];
	readonly unbilled: Listed<{
		readonly balance: Minor;
		readonly rate: string;
		readonly days: number;
		readonly from: Day;
		readonly to: Day;
	}>;
	readonly billedInterest: Listed<{ readonly postedOn: Day }>;
	readonly billedFees: Listed<{ readonly postedOn: Day }>;
	readonly lateFees: readonly {
		readonly rate: string;
		readonly shortfall: Minor;
		readonly dueDate: Day;
		readonly amount: Minor;
	}[];
}

/** The largest lines in the order of their days, and the rest as one sum. */
export interface Listed<Line> {
	readonly lines: readonly (Line & { readonly amount: Minor })[];
	readonly more: { readonly count: number; readonly amount: Minor } | undefined;
}

/** The ledger of an account as the debt page tells it. */
export function explain(ledger: Ledger): Explanation {
	const unpaid = ledger.principal.filter(({ left }) => left > 0);
	return {
		oldestPrincipalOn: unpaid[0]?.postedOn,
		lost: ledger.statements
			.filter(({ interestFreePeriodLostOn, statementBalance }) => interestFreePeriodLostOn && statementBalance > 0)
			.slice(-2)
			.map(({ statementDate, graceEndsOn }) => ({ statementDate, graceEndsOn })),
		unbilled: list(
			ledger.unbilledInterest.map(({ balance, rate, days, from, to, amount }) => ({
				balance,
				rate: ratePercent(rate),
				days,
				from,
				to,
				amount,
			})),
		),
		billedInterest: list(ledger.billedInterest.filter(isLeft).map(billed)),
		billedFees: list(ledger.billedFees.filter(isLeft).map(billed)),
		lateFees: ledger.unbilledLateFees.map(({ rate, shortfall, dueDate, amount }) => ({
			rate: ratePercent(rate),
			shortfall,
			dueDate,
			amount,
		})),
	};
}

function isLeft({ left }: DebitLine): boolean {
	return left > 0;
}

function billed({ postedOn, left }: DebitLine): { postedOn: Day; amount: Minor } {
	return { postedOn, amount: left };
}

function list<Line extends { readonly amount: Minor }>(all: readonly Line[]): Listed<Line> {
	if (all.length <= WRITTEN_OUT + 1) return { lines: all, more: undefined };
	const largest = new Set([...all].sort((a, b) => b.amount - a.amount).slice(0, WRITTEN_OUT));
	const rest = all.filter((line) => !largest.has(line));
	const amount = rest.reduce((sum, line) => sum + line.amount, 0);
	return { lines: all.filter((line) => largest.has(line)), more: { count: rest.length, amount } };
}

function ratePercent({ numerator, denominator }: Rate): string {
	const percent = formatRate({ numerator: numerator * 100, denominator });
	return percent.includes('/') ? `${percent}%` : percentText(percent);
}
