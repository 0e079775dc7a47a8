import { sql } from 'kysely';
import type { Db, Trx } from '#lib/server/db/connect.ts';

/** Runs in a read-only transaction whose one view of the database others can share while it is open: `snapshot` names it. */
export async function inSharedSnapshot<T>(db: Db, run: (trx: Trx, snapshot: string) => Promise<T>): Promise<T> {
	return db
		.transaction()
		.setIsolationLevel('repeatable read')
		.setAccessMode('read only')
		.execute(async (trx) => {
			const { rows } = await sql<{ snapshot: string }>`select pg_export_snapshot() as snapshot`.execute(trx);
			return run(trx, rows[0]?.snapshot ?? '');
		});
}

/** The id at which a range of so many accounts ends; undefined where fewer are left. */
export async function findRangeEnd(trx: Trx, after: string | undefined, accounts: number): Promise<string | undefined> {
	const { rows } = await sql<{ id: string }>`
		select id from account ${after === undefined ? sql`` : sql`where id > ${after}`}
		order by id offset ${accounts - 1} limit 1`.execute(trx);
	return rows[0]?.id;
}
