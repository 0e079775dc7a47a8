import { readTypedAmount, type TypedAmount } from '#lib/domain/application/typed-amount.ts';
import type { Currency } from '#lib/domain/money.ts';
import type { PlanChoice } from '#lib/domain/plan/quote.ts';

/** What the address asks for: "I can pay …" as typed, and the numbers picked for products by their codes. */
export interface PlansQuery {
	readonly monthly: string;
	/** Null where nothing was typed. */
	readonly mostMonthly: TypedAmount | null;
	readonly picks: Readonly<Record<string, Partial<PlanChoice>>>;
}

const FIELDS = { n: 'instalments', d: 'deferralMonths' } as const;

/** Reads `?monthly=800&n.CODE=12&d.CODE=3`; what makes no sense is passed over. */
export function readPlansQuery(query: URLSearchParams, currency: Currency): PlansQuery {
	const monthly = (query.get('monthly') ?? '').slice(0, 40);
	const picks: Record<string, Partial<PlanChoice>> = {};
	for (const [name, value] of query) {
		const match = /^([nd])\.([a-z0-9-]{1,64})$/.exec(name);
		const number = /^\d{1,3}$/.test(value) ? Number(value) : undefined;
		if (!match?.[1] || !match[2] || number === undefined) continue;
		picks[match[2]] = { ...picks[match[2]], [FIELDS[match[1] as 'n' | 'd']]: number };
	}
	return { monthly, mostMonthly: monthly.trim() === '' ? null : readTypedAmount(monthly, currency), picks };
}

/** The address of the page with another number picked for a product; everything else stays. */
export function pickHref(query: URLSearchParams, field: 'n' | 'd', code: string, number: number): string {
	const changed = new URLSearchParams(query);
	changed.set(`${field}.${code}`, String(number));
	return `/plans?${changed.toString()}#${code}`;
}
