import { sql } from 'kysely';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** Moves by when a review is promised, and keeps by how much in all. */
export async function movePromise(
	trx: Trx,
	{ applicationId, byMs }: { applicationId: string; byMs: number },
): Promise<void> {
	await trx
		.updateTable('review')
		.set((eb) => ({
			waited_ms: eb('waited_ms', '+', byMs),
			due_at: sql`due_at + make_interval(secs => ${byMs}::double precision / 1000)`,
		}))
		.where('application_id', '=', applicationId)
		.execute();
}

/** By how many milliseconds the promise about an application was moved so far. */
export async function findWaitedMs(db: DbOrTrx, applicationId: string): Promise<number> {
	const row = await db
		.selectFrom('review')
		.select('waited_ms')
		.where('application_id', '=', applicationId)
		.executeTakeFirst();
	return row?.waited_ms ?? 0;
}
