import { formatExact } from '#lib/domain/account/exact-amount.ts';
import type { DebitName, InterestLine } from '#lib/domain/account/ledger-interest.ts';
import type { CreditLine, DebitLine } from '#lib/domain/account/ledger-posting.ts';
import type { LateFeeLine, StatementLine } from '#lib/domain/account/ledger-statement.ts';
import type { Ledger } from '#lib/domain/account/ledger.ts';
import { owedJson } from '#lib/domain/account/owed-json.ts';
import { formatAmount } from '#lib/domain/money.ts';
import type { Currency, Minor } from '#lib/domain/money.ts';
import { formatRate } from '#lib/domain/rate.ts';

/**
 * The figures with a key `lines` that opens them: amounts as decimal strings, rates as decimals or quotients, `exact` the
 * unrounded amount of an interest line. What is not there (no statement yet, not paid in full) is null.
 */
export function ledgerJson(ledger: Ledger, currency: Currency) {
	const amount = (minor: Minor) => formatAmount(minor, currency);
	const debitName = ({ posting, kind, postedOn, amount: whole, statementDate }: DebitName) => ({
		posting,
		kind,
		postedOn,
		amount: amount(whole),
		statementDate: statementDate ?? null,
	});
	const debit = (line: DebitLine) => ({
		...debitName(line),
		metByCredit: amount(line.metByCredit),
		settlements: line.settlements.map((step) => ({
			...step,
			amount: amount(step.amount),
			leftAfter: amount(step.leftAfter),
		})),
		left: amount(line.left),
	});
	const interest = (line: InterestLine) => ({
		debit: debitName(line.debit),
		balance: amount(line.balance),
		from: line.from,
		to: line.to,
		days: line.days,
		rate: formatRate(line.rate),
		policyEffectiveOn: line.policyEffectiveOn ?? null,
		exact: formatExact(line.exact, currency),
		amount: amount(line.amount),
	});
	const lateFee = (line: LateFeeLine) => ({
		...line,
		minimumPaymentDue: amount(line.minimumPaymentDue),
		paid: amount(line.paid),
		shortfall: amount(line.shortfall),
		rate: formatRate(line.rate),
		share: amount(line.share),
		minimumFee: amount(line.minimumFee),
		maximumPerPeriod: line.maximumPerPeriod === null ? null : amount(line.maximumPerPeriod),
		amount: amount(line.amount),
	});
	const credit = (line: CreditLine) => ({
		...line,
		amount: amount(line.amount),
		settled: amount(line.settled),
		metLater: amount(line.metLater),
		void: amount(line.void),
		left: amount(line.left),
	});
	const statement = (line: StatementLine) => ({
		...line,
		statementBalance: amount(line.statementBalance),
		minimumPaymentDue: amount(line.minimumPaymentDue),
		creditedInTime: amount(line.creditedInTime),
		paidInFullOn: line.paidInFullOn ?? null,
		interestFreePeriodLostOn: line.interestFreePeriodLostOn ?? null,
		increment: amount(line.increment),
		incrementUnpaid: amount(line.incrementUnpaid),
		policyEffectiveOn: line.policyEffectiveOn ?? null,
	});
	return {
		asOf: ledger.asOf,
		...owedJson(ledger.figures, currency),
		lines: {
			principal: ledger.principal.map(debit),
			billedInterest: ledger.billedInterest.map(debit),
			unbilledInterest: ledger.unbilledInterest.map(interest),
			billedFees: ledger.billedFees.map(debit),
			unbilledLateFees: ledger.unbilledLateFees.map(lateFee),
			credits: ledger.credits.map(credit),
			dailyInterest: ledger.dailyInterest.map(interest),
			statements: ledger.statements.map(statement),
			pastDue: {
				unpaidIncrements: amount(ledger.pastDue.unpaidIncrements),
				atMost: amount(ledger.pastDue.atMost),
			},
		},
	};
}
