import { sql } from 'kysely';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { Day } from '#lib/domain/day.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** A case that waits neither for us nor for a decision: a hold stands, or more was asked of the cardholder. */
export interface AsideRow {
	readonly applicationId: string;
	readonly reference: string;
	readonly reason: Reason | null;
	readonly why: 'held' | 'more_requested';
	readonly since: Date;
	/** The last day of the hold, or of what was asked for. */
	readonly until: Day;
	/** Who put it aside. */
	readonly staffName: string;
}

/** What is put aside, the first to be due before the others. */
export async function listAsideRows(db: DbOrTrx, most: number): Promise<AsideRow[]> {
	const { rows } = await sql<AsideRow>`
		select a.id as "applicationId", a.reference, a.reason, w.why, w.since, w.until, coalesce(s.name, '') as "staffName"
		from (
			select r.application_id, 'held' as why, r.paused_at as since, r.paused_until as until,
				(select h.staff_id from contact_hold h where h.application_id = r.application_id and h.ended_at is null) as staff_id
			from review r where r.closed_at is null and r.paused_at is not null
			union all
			select application_id, 'more_requested', asked_at, due_on, staff_id from information_request where closed_at is null
		) w join application a on a.id = w.application_id left join staff s on s.id = w.staff_id
		order by w.until, a.reference limit ${most}`.execute(db);
	return rows;
}
