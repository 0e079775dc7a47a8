import type { Command } from 'commander';
import { prepareDatabase } from '#lib/server/db/prepare-database.ts';
import { env, readEnv } from '#lib/server/env.ts';
import { print, refuse } from '../terminal.ts';
import { openEnvironment } from '../with-database.ts';

export function addMigrate(program: Command): void {
	program
		.command('migrate')
		.description('bring the database up to date (with MIGRATE_DATABASE_URL where its owner is another role)')
		.action(migrate);
}

async function migrate(): Promise<void> {
	const read = readEnv(process.env, 'command');
	if (!read.ok) return refuse(...read.problems.map(({ name, why }) => `${name} ${why}`));
	const environment = await openEnvironment();
	if (!environment) return;
	try {
		const outcomes = await prepareDatabase(env().migrateDatabaseUrl ?? '', env().databaseUrl ?? '');
		for (const { name } of outcomes) await print(`${name}\n`);
		await print(
			outcomes.length === 0 ? 'The database is up to date.\n' : 'The database has been brought up to date.\n',
		);
	} catch (error) {
		refuse(`The database was not brought up to date: ${(error as Error).message || String(error)}`);
	} finally {
		await environment.close();
	}
}
