import type { BillingDifference } from '#lib/domain/account/reconciliation.ts';
import { type Currency, formatAmount } from '#lib/domain/money.ts';
import { csvField } from '#lib/server/account/csv-field.ts';

/** The header of a file of differences between the core's billing and the engine's. */
export const RECONCILIATION_CSV_HEADER = 'account_id,statement_date,kind,engine,core,difference\r\n';

/** One difference's line of that file (RFC 4180): amounts as decimals with exactly the currency's digits; core − engine. */
export function reconciliationCsvLine(accountId: string, found: BillingDifference, currency: Currency): string {
	const amounts = [found.engine, found.core, found.difference].map((amount) => formatAmount(amount, currency));
	return `${csvField(accountId)},${found.statementDate},${found.kind},${amounts.join(',')}\r\n`;
}
