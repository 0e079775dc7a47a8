import type { Queue } from 'pg-boss';

/** The queue whose jobs hand one message each to the gateway. */
export const DELIVER_MESSAGE = 'deliver-message';

/** What a job of `DELIVER_MESSAGE` carries: an id, never a token, a code, a name or a number. */
export interface DeliverMessageJob {
	readonly messageId: string;
}

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
];
