import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Db } from '#lib/server/db/connect.ts';

const FOLDER = fileURLToPath(new URL('../../../../migrations', import.meta.url));

/** One migration that ran, or failed. */
export interface MigrationOutcome {
	readonly name: string;
	readonly status: 'Success' | 'Error' | 'NotExecuted';
}

/**
 * Brings the schema up to date from the folder `migrations` and says what ran.
 * Throws what the first failing migration threw; each migration is one transaction with all the others.
 */
export async function migrateToLatest(db: Db, folder = FOLDER): Promise<MigrationOutcome[]> {
	const migrator = new Migrator({ db, provider: { getMigrations: () => readMigrations(folder) } });
	await sql`set lock_timeout = '60s'`.execute(db);
	const { error, results } = await migrator.migrateToLatest();
	if (error) throw error instanceof Error ? error : new Error(String(error));
	return (results ?? []).map(({ migrationName, status }) => ({ name: migrationName, status }));
}

async function readMigrations(folder: string): Promise<Record<string, Migration>> {
	const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
	const migrations: Record<string, Migration> = {};
	for (const file of files) {
		migrations[file.replace(/\.ts$/, '')] = (await import(pathToFileURL(join(folder, file)).href)) as Migration;
	}
	return migrations;
}
