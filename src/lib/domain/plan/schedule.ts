import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { dueDates } from '#lib/domain/plan/due-dates.ts';
import { levelPayment } from '#lib/domain/plan/level-payment.ts';
import { shareOf } from '#lib/domain/rate.ts';
import type { Rate } from '#lib/domain/rate.ts';

/** How the principal is spread and what bears interest (domain.md, "Plans"). */
export const METHODS = ['equalInstalments', 'equalPrincipal', 'flatFee'] as const;
export type Method = (typeof METHODS)[number];

/** What becomes of the interest of a deferral's empty months. */
export const DEFERRAL_INTERESTS = ['waived', 'added', 'capitalised'] as const;
export type DeferralInterest = (typeof DEFERRAL_INTERESTS)[number];

/**
 * What a schedule is made of. `firstDueDate` is the ordinary first due date, from which a deferral of m months moves
 * the first instalment m months on. `deferralInterest` is null exactly where `deferralMonths` is 0.
 */
export interface PlanTerms {
	readonly method: Method;
	readonly principal: Minor;
	readonly instalments: number;
	readonly periodicRate: Rate;
	readonly firstDueDate: Day;
	readonly deferralMonths: number;
	readonly deferralInterest: DeferralInterest | null;
}

/** One instalment; `total` is principal plus interest, `balanceAfter` the principal still to repay after it. */
export interface ScheduleRow {
	readonly number: number;
	readonly dueDate: Day;
	readonly principal: Minor;
	readonly interest: Minor;
	readonly total: Minor;
	readonly balanceAfter: Minor;
}

/**
 * A plan's rows and totals. `capitalised` is the interest of empty months that joined the balance: the rows' principal
 * sums to the plan's principal plus that. `totalInterest` is all that is paid above the plan's principal.
 */
export interface Schedule {
	readonly rows: readonly ScheduleRow[];
	readonly capitalised: Minor;
	readonly totalInterest: Minor;
	readonly totalPayable: Minor;
}

/** The plan comes to more than can be counted exactly. */
export class TooLargeError extends RangeError {}

/**
 * The instalments of a plan, to the minor unit (domain.md, "Plans"). The terms were checked where they came in; terms
 * that make no sense throw RangeError, totals beyond the largest safe integer TooLargeError.
 */
export function schedule(terms: PlanTerms): Schedule {
	assertSensible(terms);
	const { method, principal, instalments, periodicRate } = terms;
	const balanceToRepay = balanceAfterDeferral(terms);
	const added = terms.deferralInterest === 'added' ? terms.deferralMonths * shareOf(principal, periodicRate) : 0;
	const flat = method === 'flatFee' ? shareOf(balanceToRepay, periodicRate) : 0;
	const annuity = method === 'equalInstalments' && periodicRate.numerator !== 0;
	const level = annuity
		? levelPayment(balanceToRepay, periodicRate, instalments)
		: shareOf(balanceToRepay, { numerator: 1, denominator: instalments });

	const dates = dueDates(terms.firstDueDate, terms.deferralMonths, instalments);
	const rows = new Array<ScheduleRow>(instalments);
	let balance = balanceToRepay;
	let totalPayable = 0;
	for (let index = 0; index < instalments; index++) {
		const borne = method === 'flatFee' ? flat : shareOf(balance, periodicRate);
		const wanted = index === instalments - 1 ? balance : annuity ? level - borne : level;
		const repaid = wanted < balance ? wanted : balance;
		const interest = index === 0 ? borne + added : borne;
		balance -= repaid;
		totalPayable += repaid + interest;
		rows[index] = {
			number: index + 1,
			dueDate: dates[index]!,
			principal: repaid,
			interest,
			total: repaid + interest,
			balanceAfter: balance,
		};
	}
	if (!Number.isSafeInteger(totalPayable)) throw new TooLargeError();
	const capitalised = balanceToRepay - principal;
	return { rows, capitalised, totalInterest: totalPayable - principal, totalPayable };
}

/** The balance that the instalments repay: capitalised interest joins it month by month, each rounded half up. */
function balanceAfterDeferral({ principal, periodicRate, deferralMonths, deferralInterest }: PlanTerms): Minor {
	if (deferralInterest !== 'capitalised') return principal;
	let balance = principal;
	for (let month = 0; month < deferralMonths; month++) {
		balance += shareOf(balance, periodicRate);
		if (!Number.isSafeInteger(balance)) throw new TooLargeError();
	}
	return balance;
}

function assertSensible(terms: PlanTerms): void {
	if (!Number.isSafeInteger(terms.principal) || terms.principal < 0) throw new RangeError('principal below nought');
	if (!Number.isSafeInteger(terms.instalments) || terms.instalments < 1) throw new RangeError('no instalments');
	if (!Number.isSafeInteger(terms.deferralMonths) || terms.deferralMonths < 0) throw new RangeError('bad deferral');
	if (terms.deferralMonths === 0 && terms.deferralInterest !== null)
		throw new RangeError('deferral interest without a deferral');
	if (terms.deferralMonths > 0 && terms.deferralInterest === null)
		throw new RangeError('a deferral without its interest');
}
