import { query } from './run-folder.ts';

/** Does something while the database cannot answer what asks for a table. */
export async function withoutTable(table: string, run: () => Promise<unknown>): Promise<void> {
	await query(`alter table ${table} rename to ${table}_away`);
	await run().finally(() => query(`alter table ${table}_away rename to ${table}`));
}
