import { lockApplicationRow, type Application, updateQuote } from '#lib/server/application/application.repository.ts';
import type { Trx } from '#lib/server/db/connect.ts';

export type { Application } from '#lib/server/application/application.repository.ts';

/** An application by its id, locked, for the jobs that end what nobody answered. */
export async function lockAny(trx: Trx, id: string): Promise<Application | undefined> {
	return lockApplicationRow(trx, id);
}

/** Makes another quote of a locked application its plan: the one that the bank offered and the cardholder accepted. */
export async function takePlan(trx: Trx, { id }: Application, quoteId: string): Promise<void> {
	await updateQuote(trx, id, quoteId);
}
