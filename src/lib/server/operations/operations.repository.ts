import { sql } from 'kysely';
import type { Db } from '#lib/server/db/connect.ts';

/** What an operator watches. Counts only: no person can be told from them. */
export interface Counts {
	readonly messagesWaiting: number;
	readonly messagesOverdueSeconds: number;
	readonly messagesFailed: number;
	readonly applicationsWaiting: number;
	readonly oldestApplicationSeconds: number;
}

/** The names of the migrations that the database has had. Throws where there is no database, or an empty one. */
export async function listAppliedMigrations(db: Db): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
	return rows.map(({ name }) => name);
}

/** Counts what waits at an instant; failures are those of the day before it. */
export async function readCounts(db: Db, at: Date): Promise<Counts> {
	const { rows } = await sql<Counts>`
		select
			(select count(*) from outbox_message where status = 'queued') as "messagesWaiting",
			coalesce((select extract(epoch from ${at}::timestamptz - min(not_before)) from outbox_message
				where status = 'queued' and not_before < ${at}), 0)::float8 as "messagesOverdueSeconds",
			(select count(*) from outbox_message
				where status = 'failed' and created_at > ${at}::timestamptz - interval '1 day') as "messagesFailed",
			(select count(*) from review where closed_at is null) as "applicationsWaiting",
			coalesce((select extract(epoch from ${at}::timestamptz - min(queued_at)) from review
				where closed_at is null), 0)::float8 as "oldestApplicationSeconds"`.execute(db);
	const [counts] = rows;
	if (!counts) throw new Error('a query of one row had none');
	return counts;
}
