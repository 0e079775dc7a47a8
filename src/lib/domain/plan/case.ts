import { currencyOf, formatAmount } from '#lib/domain/money.ts';
import { formatBasisPoints } from '#lib/domain/plan/annual-rate.ts';
import { Fields } from '#lib/domain/plan/fields.ts';
import type { Problem } from '#lib/domain/plan/fields.ts';
import { DEFERRAL_INTERESTS, METHODS } from '#lib/domain/plan/schedule.ts';
import type { PlanTerms } from '#lib/domain/plan/schedule.ts';
import { workOut } from '#lib/domain/plan/work-out.ts';

const GIVEN = [
	'method',
	'principal',
	'instalments',
	'periodicRate',
	'firstDueDate',
	'deferralMonths',
	'deferralInterest',
];
const RESULTS = ['annualRateSimple', 'annualRateEffective', 'totalInterest', 'totalPayable', 'rows'];

/** Dates are written with four digits of the year, so a case ends before the year 10000. */
const LONGEST = 45_000;

/** A case with its results, or every problem of it. */
export type CaseOutcome =
	| { readonly ok: true; readonly line: Readonly<Record<string, unknown>> }
	| { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Works out one case of `portal schedule --cases` (interface.md): a parsed line as in examples/schedules.jsonl, with or
 * without results, comes back with the same keys in the same order. Amounts are in yuan unless the line names another
 * `currency`; that and any further key (a name, an id) are given back in front.
 */
export function scheduleCase(input: unknown): CaseOutcome {
	const fields = new Fields();
	const given = fields.record(input, '');
	const currency = currencyOf(fields.shaped(given['currency'] ?? 'CNY', 'currency', /^[A-Z]{3}$/) ?? 'CNY');

	const deferralMonths = fields.wholeNumber(given['deferralMonths'], 'deferralMonths', 0, LONGEST);
	const named = given['deferralInterest'] ?? null;
	if (named === null && deferralMonths !== undefined && deferralMonths > 0) fields.note('deferralInterest', 'missing');
	const deferralInterest = named === null ? null : fields.oneOf(named, 'deferralInterest', DEFERRAL_INTERESTS);
	const terms = {
		method: fields.oneOf(given['method'], 'method', METHODS),
		principal: fields.amount(given['principal'], 'principal', currency),
		instalments: fields.wholeNumber(given['instalments'], 'instalments', 1, LONGEST),
		periodicRate: fields.rate(given['periodicRate'], 'periodicRate'),
		firstDueDate: fields.day(given['firstDueDate'], 'firstDueDate'),
		deferralMonths,
		deferralInterest: deferralMonths === 0 ? null : deferralInterest,
	};
	if (fields.problems.length > 0) return { ok: false, problems: fields.problems };

	const worked = workOut(terms as PlanTerms);
	if (!worked) return { ok: false, problems: [{ field: 'principal', problem: 'out_of_range' }] };
	const { plan, rates } = worked;
	const show = (amount: number) => formatAmount(amount, currency);
	const echo = Object.entries(given).filter(([key]) => !GIVEN.includes(key) && !RESULTS.includes(key));
	const line = {
		...Object.fromEntries(echo),
		...Object.fromEntries(GIVEN.map((key) => [key, given[key] ?? null])),
		annualRateSimple: formatBasisPoints(rates.simple),
		annualRateEffective: formatBasisPoints(rates.effective),
		totalInterest: show(plan.totalInterest),
		totalPayable: show(plan.totalPayable),
		rows: plan.rows.map((row) => ({
			number: row.number,
			dueDate: row.dueDate,
			principal: show(row.principal),
			interest: show(row.interest),
			total: show(row.total),
			balanceAfter: show(row.balanceAfter),
		})),
	};
	return { ok: true, line };
}
