import { PgBoss, fromKysely } from 'pg-boss';
import { now } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import {
	DELIVER_MESSAGE,
	type DeliverMessageJob,
	PREPARE_EVIDENCE,
	type PrepareEvidenceJob,
} from '#lib/server/jobs/queues.ts';

/**
 * Queues the job that hands a message over, inside the caller's transaction: it exists if and only if that commits.
 * Sending it again while it waits or runs does nothing.
 */
export async function sendDeliverMessage(
	db: DbOrTrx,
	messageId: string,
	{ startAfter, urgent }: { startAfter: Date; urgent: boolean },
): Promise<void> {
	const job: DeliverMessageJob = { messageId };
	const boss = await sender(db);
	await boss.send(DELIVER_MESSAGE, job, {
		db: fromKysely(db),
		singletonKey: messageId,
		// Somebody waits for a code; a thousand reminders can wait for that.
		priority: urgent ? 10 : 0,
		...(startAfter > now() && { startAfter }),
	});
}

/** Queues the look into a page that has arrived, inside the caller's transaction. Again while it waits or runs does nothing. */
export async function sendPrepareEvidence(db: DbOrTrx, evidenceId: string): Promise<void> {
	const job: PrepareEvidenceJob = { evidenceId };
	const boss = await sender(db);
	await boss.send(PREPARE_EVIDENCE, job, { db: fromKysely(db), singletonKey: evidenceId });
}

let started: Promise<PgBoss> | undefined;

/**
 * A pg-boss that only sends, one for each process. It learns the queues once, by the first caller's transaction, and is
 * stopped at once: it holds no connection and no timer, and sends by whichever transaction it is given.
 */
function sender(db: DbOrTrx): Promise<PgBoss> {
	started ??= startSender(db).catch((error: unknown) => {
		started = undefined;
		throw error;
	});
	return started;
}

async function startSender(db: DbOrTrx): Promise<PgBoss> {
	const boss = new PgBoss({ db: fromKysely(db), migrate: false, supervise: false, schedule: false });
	await boss.start();
	await boss.stop({ graceful: false, close: false });
	return boss;
}
