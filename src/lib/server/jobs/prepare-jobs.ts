import { PgBoss } from 'pg-boss';
import { env } from '#lib/server/env.ts';
import { NIGHTLY, QUEUES, TIDY_STORAGE } from '#lib/server/jobs/queues.ts';

/**
 * Brings the schema `pgboss` and our queues up to date; called after the migrations, with the owner's role. Again is
 * harmless. Nothing is migrated when the server starts.
 */
export async function prepareJobs(connectionString: string): Promise<void> {
	const boss = new PgBoss({ connectionString, max: 1, supervise: false, schedule: true });
	// Without a listener a lost connection would end the process before `start` could tell of it.
	boss.on('error', () => undefined);
	try {
		await boss.start();
		for (const queue of QUEUES) {
			const { name, policy, ...settings } = queue;
			if (await boss.getQueue(name)) await boss.updateQueue(name, settings);
			else await boss.createQueue(name, { ...settings, ...(policy && { policy }) });
		}
		await boss.schedule(TIDY_STORAGE, NIGHTLY, null, { tz: env().bankTimeZone });
	} finally {
		await boss.stop({ graceful: false });
	}
}
