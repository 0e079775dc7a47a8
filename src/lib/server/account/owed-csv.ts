import type { Owed } from '#lib/domain/account/owed.ts';
import type { Day } from '#lib/domain/day.ts';
import { type Currency, formatAmount } from '#lib/domain/money.ts';
import { csvField } from '#lib/server/account/csv-field.ts';

/** The header of a file of what every account owes; its columns stay put. */
export const OWED_CSV_HEADER =
	'account_id,as_of,principal,billed_interest,unbilled_interest,billed_fees,unbilled_late_fees,credit,' +
	'total_outstanding,past_due_amount,days_past_due,delinquency_bucket,daily_interest\r\n';

/** One account's line of that file (RFC 4180): amounts as decimals with exactly the currency's digits. */
export function owedCsvLine(accountId: string, asOf: Day, owed: Owed, currency: Currency): string {
	const fields = [
		csvField(accountId),
		asOf,
		formatAmount(owed.principal, currency),
		formatAmount(owed.billedInterest, currency),
		formatAmount(owed.unbilledInterest, currency),
		formatAmount(owed.billedFees, currency),
		formatAmount(owed.unbilledLateFees, currency),
		formatAmount(owed.credit, currency),
		formatAmount(owed.totalOutstanding, currency),
		formatAmount(owed.pastDueAmount, currency),
		String(owed.daysPastDue),
		owed.delinquencyBucket,
		formatAmount(owed.dailyInterest, currency),
	];
	return `${fields.join(',')}\r\n`;
}
