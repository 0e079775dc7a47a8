import type { Minor } from '#lib/domain/money.ts';

/** What a lender gives and gets back: the principal, then a payment a month after some empty months. */
export interface Flow {
	readonly principal: Minor;
	readonly payments: readonly Minor[];
	readonly emptyMonths: number;
}

/** Fixed-point numbers of this many decimals decide what floating point cannot. */
const DECIMALS = 60n;
const ONE = 10n ** DECIMALS;

/**
 * Whether the annual rate of a flow is at least `tie`, a number of basis points and a half. A higher rate discounts
 * more, so it is where the payments, discounted at the tie's own rate, still come to the principal. One part in 10^40
 * short still counts as reached: that is the truncation of the discount, not of the plan.
 */
export function reaches(flow: Flow, kind: 'simple' | 'effective', tie: number): boolean {
	const halves = BigInt(2 * tie);
	const discount =
		kind === 'simple' ? (240_000n * ONE) / (240_000n + halves) : twelfthRoot((20_000n * ONE) / (20_000n + halves));
	let value = 0n;
	for (let index = flow.payments.length - 1; index >= 0; index--) {
		value = ((value + BigInt(flow.payments[index]!) * ONE) * discount) / ONE;
	}
	for (let month = 0; month < flow.emptyMonths; month++) value = (value * discount) / ONE;
	const principal = BigInt(flow.principal) * ONE;
	return value + principal / 10n ** 40n >= principal;
}

/** The twelfth root of a fixed-point number between nought and one, rounded down, by Newton's method from above. */
function twelfthRoot(value: bigint): bigint {
	const target = value * ONE ** 11n;
	let root = ONE;
	for (;;) {
		const next = (11n * root + target / root ** 11n) / 12n;
		if (next >= root) return root;
		root = next;
	}
}
