import { once } from 'node:events';
import type { Command } from 'commander';
import { env } from '#lib/server/env.ts';
import { startJobs } from '#lib/server/jobs/start-jobs.ts';
import { print } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

export function addWork(program: Command): void {
	program
		.command('work')
		.description('run the background jobs in this process until it is told to stop')
		.action(() =>
			withDatabase(
				async (db) => {
					const jobs = await startJobs(db, env().databaseUrl);
					await print('The background jobs run. Ctrl-C stops them.\n');
					await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
					await jobs.stop();
				},
				['ORIGIN', 'SECRET_KEY'],
			),
		);
}
