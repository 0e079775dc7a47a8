import { owed } from '#lib/domain/account/owed.ts';
import { reconcile } from '#lib/domain/account/reconciliation.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Currency } from '#lib/domain/money.ts';
import type { SoundHistory } from '#lib/server/account/judge-history.ts';
import { OWED_CSV_HEADER, owedCsvLine } from '#lib/server/account/owed-csv.ts';
import { RECONCILIATION_CSV_HEADER, reconciliationCsvLine } from '#lib/server/account/reconciliation-csv.ts';

/** What a run over all accounts writes; plain data, since it goes to worker threads. */
export type AccountJob = { readonly kind: 'owed'; readonly asOf: Day } | { readonly kind: 'reconciliation' };

/** An account that a job can take. */
export type JobAccount = SoundHistory & { readonly accountId: string; readonly currency: Currency };

/** The first line of a job's file. */
export function jobHeader({ kind }: AccountJob): string {
	return kind === 'owed' ? OWED_CSV_HEADER : RECONCILIATION_CSV_HEADER;
}

/** An account's lines in a job's file: one for what is owed, one a difference for a reconciliation. */
export function jobLines(job: AccountJob, account: JobAccount): readonly string[] {
	const { accountId, currency, history, timeline } = account;
	if (job.kind === 'owed') return [owedCsvLine(accountId, job.asOf, owed(history, timeline, job.asOf), currency)];
	return reconcile(history, timeline).map((found) => reconciliationCsvLine(accountId, found, currency));
}
