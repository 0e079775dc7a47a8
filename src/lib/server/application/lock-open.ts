import {
	type Application,
	lockApplicationOf,
	lockApplicationRow,
	lockOwnApplication,
	type Owner,
	updateQuote,
} from '#lib/server/application/application.repository.ts';
import type { Trx } from '#lib/server/db/connect.ts';

export type { Application, Owner } from '#lib/server/application/application.repository.ts';

/** An application by its id, locked, for the jobs that end what nobody answered. */
export async function lockAny(trx: Trx, id: string): Promise<Application | undefined> {
	return lockApplicationRow(trx, id);
}

/** An application of somebody's, locked: for what they may do with any of theirs, whichever account they look at. */
export async function lockOwn(trx: Trx, cardholderId: string, id: string): Promise<Application | undefined> {
	return lockApplicationOf(trx, cardholderId, id);
}

/** The owner's application by its id, locked, for what answers the bank. */
export async function lockOfAccount(trx: Trx, owner: Owner, id: string): Promise<Application | undefined> {
	return lockOwnApplication(trx, owner, id);
}

/** Makes another quote of a locked application its plan: the one that the bank offered and the cardholder accepted. */
export async function takePlan(trx: Trx, { id }: Application, quoteId: string): Promise<void> {
	await updateQuote(trx, id, quoteId);
}
