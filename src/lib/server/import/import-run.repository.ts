import { sql } from 'kysely';
import type { Db, Trx } from '#lib/server/db/connect.ts';

/** Records that a run began, and returns its id. */
export async function insertImportRun(db: Db, startedAt: Date): Promise<string> {
	const { id } = await db
		.insertInto('import_run')
		.values({ started_at: startedAt })
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** Records how a run ended; `counts` by file. */
export async function finishImportRun(
	trx: Trx,
	run: { id: string; finishedAt: Date; outcome: 'loaded' | 'refused'; counts: object },
): Promise<void> {
	await trx
		.updateTable('import_run')
		.set({ finished_at: run.finishedAt, outcome: run.outcome, counts: JSON.stringify(run.counts) })
		.where('id', '=', run.id)
		.execute();
}

/** Lets the planner know how large the tables have become; the server's own turn may come much later. */
export async function analyseCoreTables(db: Db): Promise<void> {
	await sql`analyze cardholder, account, statement, posting, import_rejection`.execute(db);
}
