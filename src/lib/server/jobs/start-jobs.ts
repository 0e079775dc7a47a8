import { PgBoss } from 'pg-boss';
import type { Db } from '#lib/server/db/connect.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { env } from '#lib/server/env.ts';
import {
	DELIVER_MESSAGE,
	type DeliverMessageJob,
	PREPARE_EVIDENCE,
	type PrepareEvidenceJob,
	TIDY_STORAGE,
} from '#lib/server/jobs/queues.ts';
import { endStaleUploads } from '#lib/server/evidence/end-upload.ts';
import { eraseExpired } from '#lib/server/evidence/erase-expired.ts';
import { prepareEvidence } from '#lib/server/evidence/prepare-evidence.ts';
import { removeOrphans } from '#lib/server/evidence/remove-orphans.ts';
import { eraseFreeWords } from '#lib/server/free-words/erase-free-words.ts';
import { sweep } from '#lib/server/jobs/sweep.ts';
import { log } from '#lib/server/log.ts';
import { deliverMessage } from '#lib/server/message/deliver-message.ts';

const SWEEP_EVERY_MS = 60_000;

/** The background jobs of this process; `stop` lets those at work finish first. */
export interface RunningJobs {
	stop(): Promise<void>;
}

/**
 * Starts the workers and the minute's sweep, in the server or in a process of their own; any number of processes may do so.
 * The jobs' schema must be there (`prepareJobs`): nothing is migrated at start. Throws where it is not.
 */
export async function startJobs(db: Db, connectionString = env().databaseUrl): Promise<RunningJobs> {
	if (connectionString === undefined) throw new Error('there is no database for the jobs');
	const boss = new PgBoss({ connectionString, max: 3, migrate: false, schedule: true, useListenNotify: true });
	boss.on('error', (fault) => log.error({ job: 'pg-boss', fault }, 'the job queue reports a fault'));
	await boss.start();
	await boss.work<DeliverMessageJob, unknown, typeof WORK>(DELIVER_MESSAGE, WORK, (jobs) =>
		runAs('system', () => Promise.all(jobs.map(({ id, data }) => runDelivery(db, id, data.messageId)))),
	);
	await boss.work<PrepareEvidenceJob, unknown, typeof PREPARING>(PREPARE_EVIDENCE, PREPARING, (jobs) =>
		runAs('system', () => Promise.all(jobs.map(({ id, data }) => runPreparation(db, id, data.evidenceId)))),
	);
	await boss.work(TIDY_STORAGE, { pollingIntervalSeconds: 60 }, () => runAs('system', () => tidyStorage(db)));
	const sweeping = repeat(() => runAs('system', () => sweep(db)), SWEEP_EVERY_MS);
	return {
		async stop() {
			await sweeping.stop();
			await boss.stop({ timeout: 15_000 });
		},
	};
}

/** A job wakes its worker by NOTIFY, so a code leaves at once; polling is for what was put off, and where there is no NOTIFY. */
const WORK = {
	perJobResults: true,
	batchSize: 4,
	burstWhenBatchFull: true,
	pollingIntervalSeconds: 0.5,
	notifyPollingIntervalSeconds: 5,
} as const;

/** As many at a time as decoding processes run at once. */
const PREPARING = { ...WORK, batchSize: 2 } as const;

async function tidyStorage(db: Db): Promise<void> {
	await endStaleUploads(db);
	const worded = await eraseFreeWords(db);
	if (worded > 0) log.info({ job: TIDY_STORAGE, count: worded }, 'applications lost words whose time was over');
	const erased = await eraseExpired(db);
	if (erased > 0) log.info({ job: TIDY_STORAGE, count: erased }, 'pages of evidence whose time was over were erased');
	const count = await removeOrphans(db);
	if (count > 0) log.info({ job: TIDY_STORAGE, count }, 'stored files that nothing names were removed');
}

async function runDelivery(db: Db, id: string, messageId: string) {
	try {
		const delivery = await deliverMessage(db, messageId);
		const failure = 'failure' in delivery ? delivery.failure : undefined;
		if (failure !== undefined) log.warn({ job: DELIVER_MESSAGE, messageId, failure }, delivery.outcome);
		return { id, status: delivery.outcome === 'failed' ? ('failed' as const) : ('completed' as const) };
	} catch (fault) {
		log.error({ job: DELIVER_MESSAGE, messageId, fault }, 'a message could not be handed over');
		return { id, status: 'failed' as const };
	}
}

async function runPreparation(db: Db, id: string, evidenceId: string) {
	try {
		await prepareEvidence(db, evidenceId);
		return { id, status: 'completed' as const };
	} catch (fault) {
		log.error({ job: PREPARE_EVIDENCE, evidenceId, fault }, 'a page could not be looked into');
		return { id, status: 'failed' as const };
	}
}

/** Runs again and again, never twice at a time, beginning now. */
function repeat(work: () => Promise<void>, everyMs: number): { stop(): Promise<void> } {
	let running: Promise<void> = Promise.resolve();
	let isRunning = false;
	const run = () => {
		if (isRunning) return;
		isRunning = true;
		running = work()
			.catch((fault: unknown) => log.error({ job: 'sweep', fault }, 'the sweep did not finish'))
			.finally(() => {
				isRunning = false;
			});
	};
	run();
	const timer = setInterval(run, everyMs);
	return {
		async stop() {
			clearInterval(timer);
			await running;
		},
	};
}
