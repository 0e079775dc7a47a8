import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { readCounts } from '#lib/server/operations/operations.repository.ts';

/** The measures of this process and of what waits in the database, in the text format that Prometheus reads. */
export async function metricsText(db: Db): Promise<string> {
	const counts = await readCounts(db, now());
	return [
		gauge('portal_uptime_seconds', 'How long this process has been running.', process.uptime()),
		gauge('portal_memory_bytes', 'Resident memory of this process.', process.memoryUsage.rss()),
		gauge('portal_messages_waiting', 'Messages in the outbox that have not gone.', counts.messagesWaiting),
		gauge(
			'portal_messages_overdue_seconds',
			'How long the longest waiting message is past its time.',
			counts.messagesOverdueSeconds,
		),
		gauge('portal_messages_failed', 'Messages of the last day that were given up.', counts.messagesFailed),
		gauge('portal_applications_waiting', 'Applications in the review queue.', counts.applicationsWaiting),
		gauge(
			'portal_applications_oldest_seconds',
			'How long the longest waiting application has been in the queue.',
			counts.oldestApplicationSeconds,
		),
	].join('');
}

function gauge(name: string, help: string, value: number): string {
	return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${String(value)}\n`;
}
