import { readTypedAmount, type TypedAmount } from '#lib/domain/application/typed-amount.ts';
import type { Currency } from '#lib/domain/money.ts';
import type { PlanChoice } from '#lib/domain/plan/quote.ts';

/** The numbers picked for products, by their codes. */
export type Picks = Readonly<Record<string, Partial<PlanChoice>>>;

/** What the address asks for: "I can pay …" and the first due date as typed, and what was picked. */
export interface PlansQuery {
	readonly monthly: string;
	/** Empty where nothing was typed. */
	readonly first: string;
	readonly picks: Picks;
}

const FIELDS = { n: 'instalments', d: 'deferralMonths' } as const;
const LONGEST_TEXT = 40;

/** Reads `?monthly=800&first=2026-12-15&n.CODE=12&d.CODE=3`; what makes no sense among the picks is passed over. */
export function readPlansQuery(query: URLSearchParams): PlansQuery {
	const text = (name: string) => (query.get(name) ?? '').slice(0, LONGEST_TEXT);
	const picks: Record<string, Partial<PlanChoice>> = {};
	for (const [name, value] of query) {
		const match = /^([nd])\.([a-z0-9-]{1,64})$/.exec(name);
		const number = /^\d{1,3}$/.test(value) ? Number(value) : undefined;
		if (!match?.[1] || !match[2] || number === undefined) continue;
		picks[match[2]] = { ...picks[match[2]], [FIELDS[match[1] as 'n' | 'd']]: number };
	}
	return { monthly: text('monthly'), first: text('first'), picks };
}

/** "I can pay …" as an amount; null where nothing was typed. */
export function mostMonthlyOf(monthly: string, currency: Currency): TypedAmount | null {
	return monthly.trim() === '' ? null : readTypedAmount(monthly, currency);
}

/** The same as an address's query, so that a page read again, or sent without JavaScript, loses nothing. */
export function plansQuery({ monthly, first, picks }: PlansQuery): URLSearchParams {
	const query = new URLSearchParams();
	if (monthly.trim() !== '') query.set('monthly', monthly);
	if (first.trim() !== '') query.set('first', first);
	for (const [code, { instalments, deferralMonths }] of Object.entries(picks)) {
		if (instalments !== undefined) query.set(`n.${code}`, String(instalments));
		if (deferralMonths !== undefined) query.set(`d.${code}`, String(deferralMonths));
	}
	return query;
}

/** What is picked once another number is picked for a product. */
export function withPick(picks: Picks, field: 'n' | 'd', code: string, number: number): Picks {
	const before = Object.hasOwn(picks, code) ? picks[code] : undefined;
	return { ...picks, [code]: { ...before, [FIELDS[field]]: number } };
}

/** What stays picked once another monthly sum is named: how long to wait, for the term follows the sum. */
export function withoutTerms(picks: Picks): Picks {
	const waits = Object.entries(picks).filter(([, { deferralMonths }]) => deferralMonths !== undefined);
	return Object.fromEntries(waits.map(([code, { deferralMonths }]) => [code, { deferralMonths }])) as Picks;
}
