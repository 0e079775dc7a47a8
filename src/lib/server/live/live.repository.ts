import { sql } from 'kysely';
import type { CaseState } from '#lib/domain/live/case-news.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** A case as its open page must hear of it; undefined where it never was in the queue. */
export async function findCaseState(db: Db, applicationId: string, at: Date): Promise<CaseState | undefined> {
	const row = await db
		.selectFrom('review as r')
		.innerJoin('application as a', 'a.id', 'r.application_id')
		.leftJoin('staff as s', 's.id', 'r.staff_id')
		.select(['a.status', 'a.version', 'r.fence', 'r.staff_id as staffId', 's.name', 'r.lease_expires_at as until'])
		.where('r.application_id', '=', applicationId)
		.executeTakeFirst();
	if (!row) return undefined;
	const { status, version, fence, staffId, name, until } = row;
	const isHeld = staffId !== null && until !== null && until > at;
	return { status, version, fence, holder: isHeld ? { staffId, name: name ?? '' } : null };
}

/** Who else has had the page of a case open since an instant, by name. */
export async function listViewers(
	db: Db,
	{ applicationId, staffId, since }: { applicationId: string; staffId: string; since: Date },
): Promise<string[]> {
	const rows = await db
		.selectFrom('case_view as v')
		.innerJoin('staff as s', 's.id', 'v.staff_id')
		.select('s.name')
		.where('v.application_id', '=', applicationId)
		.where('v.staff_id', '<>', staffId)
		.where('v.seen_at', '>', since)
		.orderBy('s.name')
		.execute();
	return rows.map(({ name }) => name);
}

/** Notes that somebody has the page of a case open, or still has. */
export async function saveView(
	db: Db,
	{ applicationId, staffId, at }: { applicationId: string; staffId: string; at: Date },
): Promise<void> {
	await db
		.insertInto('case_view')
		.values({ application_id: applicationId, staff_id: staffId, seen_at: at })
		.onConflict((conflict) => conflict.columns(['application_id', 'staff_id']).doUpdateSet({ seen_at: at }))
		.execute();
}

/** Notes that they have it open no more. */
export async function removeView(
	db: Db,
	{ applicationId, staffId }: { applicationId: string; staffId: string },
): Promise<void> {
	await db
		.deleteFrom('case_view')
		.where('application_id', '=', applicationId)
		.where('staff_id', '=', staffId)
		.execute();
}

/** Forgets what processes that ended without a word left behind. */
export async function removeStaleViews(db: Db): Promise<void> {
	await db
		.deleteFrom('case_view')
		.where('seen_at', '<', sql<Date>`now() - interval '2 minutes'`)
		.execute();
}
