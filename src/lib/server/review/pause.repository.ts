import { sql } from 'kysely';
import type { Day } from '#lib/domain/day.ts';
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

/** Makes a review nobody's last: what comes back from its cardholder was not put back by whoever asked. */
export async function forgetHolder(trx: Trx, { applicationId }: { applicationId: string }): Promise<void> {
	await trx.updateTable('review').set({ staff_id: null }).where('application_id', '=', applicationId).execute();
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

/** Puts a review aside until a day; nobody is given it before. */
export async function savePause(
	trx: Trx,
	{ applicationId, at, until }: { applicationId: string; at: Date; until: Day },
): Promise<void> {
	await trx
		.updateTable('review')
		.set({ paused_at: at, paused_until: until })
		.where('application_id', '=', applicationId)
		.execute();
}

/** Gives a review that was put aside back to the queue, its promise moved by the time in between. */
export async function endPause(trx: Trx, { applicationId, at }: { applicationId: string; at: Date }): Promise<void> {
	const waited = sql`greatest(interval '0', ${at}::timestamptz - paused_at)`;
	await trx
		.updateTable('review')
		.set({
			waited_ms: sql`waited_ms + (extract(epoch from ${waited}) * 1000)::bigint`,
			due_at: sql`due_at + ${waited}`,
			paused_at: null,
			paused_until: null,
		})
		.where('application_id', '=', applicationId)
		.where('paused_at', 'is not', null)
		.execute();
}

/** Refers a review: only supervisors are given it from then on. */
export async function saveReferral(
	trx: Trx,
	{ applicationId, by, at }: { applicationId: string; by: string; at: Date },
): Promise<void> {
	await trx
		.updateTable('review')
		.set({ referred_at: at, referred_by: by })
		.where('application_id', '=', applicationId)
		.execute();
}
