import { PgBoss } from 'pg-boss';
import { QUEUES } from '#lib/server/jobs/queues.ts';

/**
 * Brings the schema `pgboss` and our queues up to date; called after the migrations, with the owner's role. Again is
 * harmless. Nothing is migrated when the server starts.
 */
export async function prepareJobs(connectionString: string): Promise<void> {
	const boss = new PgBoss({ connectionString, max: 1, supervise: false, schedule: false });
	// Without a listener a lost connection would end the process before `start` could tell of it.
	boss.on('error', () => undefined);
	try {
		await boss.start();
		for (const queue of QUEUES) {
			const { name, policy, ...settings } = queue;
			if (await boss.getQueue(name)) await boss.updateQueue(name, settings);
			else await boss.createQueue(name, { ...settings, ...(policy && { policy }) });
		}
	} finally {
		await boss.stop({ graceful: false });
	}
}
