import type { AccountState } from '#lib/domain/account/account-state.ts';
import { latePaymentFee, shortfallOf, unbilledLateFee } from '#lib/domain/account/late-fee.ts';
import { billedAndUnpaid } from '#lib/domain/account/past-due.ts';
import { lostInterestFreePeriod } from '#lib/domain/account/statement-standing.ts';
import type { StatementStanding } from '#lib/domain/account/statement-standing.ts';
import { dayOf } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { shareOf } from '#lib/domain/rate.ts';
import type { Rate } from '#lib/domain/rate.ts';

/** How a statement stands: whether and when it was paid in full, and what of its minimum is unpaid. */
export interface StatementLine {
	readonly statementDate: Day;
	readonly dueDate: Day;
	/** The last day on which a credit counted, or will count, for it. */
	readonly graceEndsOn: Day;
	readonly statementBalance: Minor;
	readonly minimumPaymentDue: Minor;
	/** Credits after its date, up to the end of grace and the ledger's day. */
	readonly creditedInTime: Minor;
	readonly paidInFullOn: Day | undefined;
	/** The day on which its purchases began to bear interest, from their posting days; undefined where they do not. */
	readonly interestFreePeriodLostOn: Day | undefined;
	/** What its minimum added to the earlier ones, and what is unpaid of that. */
	readonly increment: Minor;
	readonly incrementUnpaid: Minor;
	readonly isPastDue: boolean;
	readonly policyEffectiveOn: Day | undefined;
}

/** A late payment fee that no statement has posted yet, with its base. */
export interface LateFeeLine {
	readonly statementDate: Day;
	readonly dueDate: Day;
	readonly graceEndsOn: Day;
	readonly minimumPaymentDue: Minor;
	readonly paid: Minor;
	readonly shortfall: Minor;
	readonly rate: Rate;
	/** rate × shortfall, rounded half up. */
	readonly share: Minor;
	readonly minimumFee: Minor;
	readonly maximumPerPeriod: Minor | null;
	/** The fee after both bounds; the lines' amounts sum to `unbilledLateFees`. */
	readonly amount: Minor;
}

/** Where `pastDueAmount` comes from: the unpaid increments past due, and the bound on their sum. */
export interface PastDueBase {
	readonly unpaidIncrements: Minor;
	/** What is billed and unpaid less a credit balance. */
	readonly atMost: Minor;
}

/** Every statement up to the state's day, the oldest first. */
export function statementLines(state: AccountState): StatementLine[] {
	return state.statements.map((standing) => ({
		...datesOf(standing),
		statementBalance: standing.statement.statementBalance,
		minimumPaymentDue: standing.statement.minimumPaymentDue,
		creditedInTime: standing.credited,
		paidInFullOn: standing.paidInFullOn === undefined ? undefined : dayOf(standing.paidInFullOn),
		interestFreePeriodLostOn: lostInterestFreePeriod(standing, state.asOf) ? dayOf(standing.graceEnd + 1) : undefined,
		increment: standing.increment,
		incrementUnpaid: standing.incrementLeft,
		isPastDue: isPastDue(state, standing),
		policyEffectiveOn: standing.version.effectiveOn,
	}));
}

/** The late payment fees not yet billed, with what each is counted from. */
export function lateFeeLines(state: AccountState): LateFeeLine[] {
	return state.statements
		.filter((standing) => unbilledLateFee(state, standing) > 0)
		.map((standing) => {
			const rules = standing.version.policy.latePaymentFee;
			const shortfall = shortfallOf(standing);
			return {
				...datesOf(standing),
				minimumPaymentDue: standing.statement.minimumPaymentDue,
				paid: standing.credited,
				shortfall,
				rate: rules.rate,
				share: shareOf(shortfall, rules.rate),
				minimumFee: rules.minimum,
				maximumPerPeriod: rules.maximumPerPeriod,
				amount: latePaymentFee(rules, shortfall),
			};
		});
}

/** The two sides of `pastDueAmount`: the lesser is the figure, or nought. */
export function pastDueBase(state: AccountState): PastDueBase {
	const pastDue = state.statements.filter((standing) => isPastDue(state, standing));
	return {
		unpaidIncrements: pastDue.reduce((sum, { incrementLeft }) => sum + incrementLeft, 0),
		atMost: billedAndUnpaid(state, state.asOf) - state.credit,
	};
}

function isPastDue(state: AccountState, { graceEnd, incrementLeft }: StatementStanding): boolean {
	return incrementLeft > 0 && graceEnd < state.asOf;
}

function datesOf({ statement, graceEnd }: StatementStanding) {
	return { statementDate: statement.statementDate, dueDate: statement.dueDate, graceEndsOn: dayOf(graceEnd) };
}
