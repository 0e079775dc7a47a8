import type { Minor } from '#lib/domain/money.ts';
import { reaches } from '#lib/domain/plan/rate-tie.ts';
import type { Flow } from '#lib/domain/plan/rate-tie.ts';

/** Hundredths of a percent, as an integer: 1303 is 13.03%. */
export type BasisPoints = number;

/**
 * Both annual rates of a plan, all costs over the principal actually outstanding: with r the periodic internal rate of
 * return, 12·r (simple) and (1+r)^12 − 1 (effective), each rounded half up to the hundredth of a percent.
 * Source: PBOC announcement 2021 No. 3, domain.md "Annual rate".
 */
export interface AnnualRates {
	readonly simple: BasisPoints;
	readonly effective: BasisPoints;
}

/**
 * The annual rates of `payments`, one a month, the first after `emptyMonths` months and one; months count as equal.
 * Payments are at least nought and sum to the principal or more. Undefined where a rate is beyond counting exactly.
 */
export function annualRates(
	principal: Minor,
	payments: readonly Minor[],
	emptyMonths: number,
): AnnualRates | undefined {
	const total = payments.reduce((sum, payment) => sum + payment, 0);
	if (total < principal) throw new RangeError('a plan that repays less than its principal has no rate');
	if (principal === 0 || total === principal) return { simple: 0, effective: 0 };
	const flow = { principal, payments, emptyMonths };
	const growth = logGrowth(flow);
	const simple = settle(120_000 * Math.expm1(growth), (tie) => reaches(flow, 'simple', tie));
	const effective = settle(10_000 * Math.expm1(12 * growth), (tie) => reaches(flow, 'effective', tie));
	if (!Number.isSafeInteger(simple) || !Number.isSafeInteger(effective)) return undefined;
	return { simple, effective };
}

/** Basis points as percent with two decimals, for JSON: 1303 is "13.03". */
export function formatBasisPoints(points: BasisPoints): string {
	const digits = String(points).padStart(3, '0');
	return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * ln(1 + r) by Newton's method. As a function of x = ln(1 + r), the logarithm of the discounted payments is convex,
 * falls, and is nearly straight: from x = 0, where it lies above the principal, every step stays left of the root and
 * comes closer, so there is nothing to bracket and nothing to overflow.
 */
function logGrowth({ principal, payments, emptyMonths }: Flow): number {
	let growth = 0;
	for (let step = 0; step < 100; step++) {
		const discount = Math.exp(-growth);
		let slope = 0;
		let value = 0;
		let factor = Math.exp(-growth * emptyMonths);
		for (let index = 0; index < payments.length; index++) {
			factor *= discount;
			const present = payments[index]! * factor;
			value += present;
			slope += present * (emptyMonths + index + 1);
		}
		const next = growth + (Math.log(value / principal) * value) / slope;
		if (Math.abs(next - growth) <= 1e-15 * (1 + growth)) return next;
		growth = next;
	}
	return growth;
}

/** How near a half a rate may come before floating point no longer decides on which side it lies. */
const DOUBT = 1e-5;

/** Rounds half up; where the estimate is too near a half, `reachesTie` answers exactly. NaN where it is too large to tell. */
function settle(estimate: number, reachesTie: (tie: number) => boolean): BasisPoints {
	const doubt = Math.max(DOUBT, estimate * 1e-11);
	if (!(doubt < 0.5)) return Number.NaN;
	const tie = Math.floor(estimate) + 0.5;
	const up = Math.abs(estimate - tie) < doubt ? reachesTie(tie) : estimate > tie;
	return up ? tie + 0.5 : tie - 0.5;
}
