import type { Ledger } from '#lib/domain/account/ledger.ts';
import type { DebitLine } from '#lib/domain/account/ledger-posting.ts';
import type { InterestLine } from '#lib/domain/account/ledger-interest.ts';
import { owedJson } from '#lib/domain/account/owed-json.ts';
import { type Currency, formatAmount, type Minor } from '#lib/domain/money.ts';
import { formatRate } from '#lib/domain/rate.ts';

/** An account's figures and the lines behind them, for a terminal. */
export function ledgerText(accountId: string, ledger: Ledger, currency: Currency): string {
	const amount = (minor: Minor) => formatAmount(minor, currency);
	const debit = ({ kind, postedOn, amount: whole, left }: DebitLine) =>
		left === 0 ? [] : [`${kind} of ${postedOn}, ${amount(whole)}: ${amount(left)} left`];
	const interest = ({ debit: { kind, postedOn }, balance, from, to, days, rate, amount: share }: InterestLine) =>
		`${kind} of ${postedOn}: ${amount(balance)} × ${String(days)} days (${from} to ${to}) × ${formatRate(rate)} = ${amount(share)}`;
	const groups = {
		principal: ledger.principal.flatMap(debit),
		billedInterest: ledger.billedInterest.flatMap(debit),
		unbilledInterest: ledger.unbilledInterest.map(interest),
		billedFees: ledger.billedFees.flatMap(debit),
		unbilledLateFees: ledger.unbilledLateFees.map(
			(fee) =>
				`due ${fee.dueDate}: ${amount(fee.shortfall)} short of ${amount(fee.minimumPaymentDue)} × ${formatRate(fee.rate)}, ` +
				`at least ${amount(fee.minimumFee)} = ${amount(fee.amount)}`,
		),
		dailyInterest: ledger.dailyInterest.map(interest),
	};
	const figures = Object.entries(owedJson(ledger.figures, currency));
	const width = Math.max(...figures.map(([, value]) => String(value).length));
	return [
		`Account ${accountId} in ${currency.code} as of ${ledger.asOf}`,
		...figures.map(([name, value]) => `  ${name.padEnd(18)}${String(value).padStart(width)}`),
		...Object.entries(groups).flatMap(([name, lines]) =>
			lines.length === 0 ? [] : ['', name, ...lines.map((line) => `  ${line}`)],
		),
		'',
	].join('\n');
}
