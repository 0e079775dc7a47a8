import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { Db } from '#lib/server/db/connect.ts';

const FOLDER = fileURLToPath(new URL('../../../../migrations', import.meta.url));

/** The names of the migrations that the database lacks; all of them where it has none yet. Changes nothing. */
export async function listPendingMigrations(db: Db, folder = FOLDER): Promise<string[]> {
	const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
	const { rows: tables } = await sql<{ there: boolean }>`
		select to_regclass('kysely_migration') is not null as there
	`.execute(db);
	if (!tables[0]?.there) return files.map(nameOf);
	const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
	const applied = new Set(rows.map(({ name }) => name));
	return files.map(nameOf).filter((name) => !applied.has(name));
}

function nameOf(file: string): string {
	return file.replace(/\.ts$/, '');
}

/** Whether the book holds no account yet. */
export async function isEmptyBook(db: Db): Promise<boolean> {
	const { rows } = await sql<{ filled: boolean }>`select exists (select from account) as filled`.execute(db);
	return rows[0]?.filled !== true;
}
