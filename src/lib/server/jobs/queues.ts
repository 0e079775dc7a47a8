import type { Queue } from 'pg-boss';

/** The queue whose jobs hand one message each to the gateway. */
export const DELIVER_MESSAGE = 'deliver-message';

/** What a job of `DELIVER_MESSAGE` carries: an id, never a token, a code, a name or a number. */
export interface DeliverMessageJob {
	readonly messageId: string;
}

/** The queue whose jobs look into one page of evidence each. */
export const PREPARE_EVIDENCE = 'prepare-evidence';

/** What a job of `PREPARE_EVIDENCE` carries. */
export interface PrepareEvidenceJob {
	readonly evidenceId: string;
}

/** The queue of the night's tidying of what is stored: one job a night, whichever process does it. */
export const TIDY_STORAGE = 'tidy-storage';

/** When the night's work begins, in the bank's zone: a quiet hour, and no hour that a change of clocks skips. */
export const NIGHTLY = '17 4 * * *';

/** Every queue with its settings, as `prepareJobs` makes them. */
export const QUEUES: readonly Queue[] = [
	{
		name: DELIVER_MESSAGE,
		// One job at most waits or runs for one message, however often it is sent.
		policy: 'exclusive',
		notify: true,
		retryLimit: 5,
		retryDelay: 15,
		retryBackoff: true,
		expireInSeconds: 120,
		retentionSeconds: 3 * 86_400,
		deleteAfterSeconds: 86_400,
	},
	{
		name: PREPARE_EVIDENCE,
		policy: 'exclusive',
		notify: true,
		// A scanner or a store that is away comes back: the minute's sweep goes on where these tries end.
		retryLimit: 5,
		retryDelay: 10,
		retryBackoff: true,
		expireInSeconds: 300,
		retentionSeconds: 3 * 86_400,
		deleteAfterSeconds: 86_400,
	},
	{
		name: TIDY_STORAGE,
		policy: 'singleton',
		retryLimit: 2,
		retryDelay: 600,
		expireInSeconds: 3_600,
		retentionSeconds: 3 * 86_400,
		deleteAfterSeconds: 7 * 86_400,
	},
];
