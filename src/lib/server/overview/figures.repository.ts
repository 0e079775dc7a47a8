import { type Expression, sql } from 'kysely';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { DayRange } from '#lib/domain/overview/day-range.ts';
import type { Lapse } from '#lib/domain/overview/figure.ts';
import type { QueueMoves } from '#lib/domain/overview/queue-length.ts';
import type { QueuedOn } from '#lib/domain/overview/waiting-age.ts';
import type { ProposalEnd } from '#lib/domain/review/approval.ts';
import type { Outcome } from '#lib/domain/review/decision.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';

/** The days that are asked about, in which zone, and the instant at which one asks. */
export interface Asked {
	readonly range: DayRange;
	readonly timeZone: string;
	readonly at: Date;
}

/**
 * Runs counts on one view of the database, which they cannot change. The planner takes the policies of row-level security for
 * far choosier than they are, and would look rows up one by one; what is counted by the thousand is joined whole.
 */
export async function withCounting<T>(db: Db, count: (trx: Trx) => Promise<T>): Promise<T> {
	const counting = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
	return counting.execute(async (trx) => {
		await sql`set local enable_nestloop = off`.execute(trx);
		return count(trx);
	});
}

/** Midnight at which the range begins, and the one at which it is over: bounds of an index, whatever the zone. */
const start = ({ range, timeZone }: Asked) => sql`(${range.from}::timestamp at time zone ${timeZone})`;
const end = ({ range, timeZone }: Asked) => sql`((${range.to}::date + 1)::timestamp at time zone ${timeZone})`;
const during = (column: string, asked: Asked) =>
	sql`${sql.ref(column)} >= ${start(asked)} and ${sql.ref(column)} < ${end(asked)}`;

/**
 * The quarter of an hour that an instant belongs to: counted first, since so few of them are turned into the zone's clock, which
 * costs more than everything else of a count. Every zone is off by whole quarters.
 */
const quarterOf = (instant: Expression<unknown>) => sql`date_bin('15 minutes', ${instant}, 'epoch'::timestamptz)`;
const quarter = (column: string) => quarterOf(sql.ref(column));

/** What waits for us now, by the day on which it came, the time in which its clock stood still not counted. */
export async function countWaitingByDay(trx: Trx, { timeZone, at }: Asked): Promise<QueuedOn[]> {
	const came = sql`queued_at + make_interval(secs => waited_ms::double precision / 1000)`;
	const { rows } = await sql<QueuedOn>`
		select (quarter at time zone ${timeZone})::date as day, late as "isLate", sum(count)::bigint as count
		from (select ${quarterOf(came)} as quarter, due_at <= ${at} as late, count(*) as count
			from review where closed_at is null and paused_at is null group by 1, 2) q
		group by 1, 2`.execute(trx);
	return rows;
}

/**
 * How much is open now, and what came and left on each day since the range began. What came back had left meanwhile: an offer that
 * was declined, a case of which more was asked, one that was put aside; an objection comes a second time. What ended while it was
 * away had left before, for good.
 */
export async function readQueueMoves(trx: Trx, asked: Asked): Promise<{ openNow: number; moves: QueueMoves[] }> {
	const { rows } = await sql<{ openNow: number; day: string | null; came: number; left: number }>`
		with away as (
			select c.offered_at as gone_at, c.answered_at as back_at
			from counter_offer c join application a on a.id = c.application_id
			where c.answer = 'declined' and c.answered_at >= ${start(asked)}
				and a.withdrawn_at is distinct from c.answered_at
			union all select asked_at, closed_at from information_request
			where closed_as in ('answered', 'lapsed') and closed_at >= ${start(asked)}
			union all select d.decided_at, null from objection o join decision d on d.id = o.decision_id
			union all select h.at, case when r.closed_at <= h.ended_at then null else h.ended_at end
			from contact_hold h join review r on r.application_id = h.application_id
		), move as (
			select queued_at as at, 1 as came, 0 as gone from review where queued_at >= ${start(asked)}
			union all select a.submitted_at, 1, 0 from objection o join application a on a.id = o.application_id
				where a.submitted_at >= ${start(asked)}
			union all select closed_at, 0, 1 from review r where closed_at >= ${start(asked)}
				and not exists (select from contact_hold h where h.application_id = r.application_id
					and h.at <= r.closed_at and coalesce(h.ended_at >= r.closed_at, true))
			union all select back_at, 1, 0 from away where back_at >= ${start(asked)}
			union all select gone_at, 0, 1 from away where gone_at >= ${start(asked)}
		), slot as (
			select ${quarter('at')} as quarter, sum(came) as came, sum(gone) as gone from move group by 1
		), day as (
			select (quarter at time zone ${asked.timeZone})::date as day, sum(came)::bigint as came, sum(gone)::bigint as gone
			from slot group by 1
		)
		select o.open as "openNow", d.day, d.came, d.gone as left
		from (select count(*) as open from review where closed_at is null and paused_at is null) o left join day d on true`.execute(
		trx,
	);
	const moves = rows.flatMap(({ day, came, left }) => (day === null ? [] : [{ day, came, left }]));
	return { openNow: rows[0]?.openNow ?? 0, moves };
}

/** What was taken and decided by the hour of the day; one's own taken up again was taken before. */
export async function countByHour(trx: Trx, asked: Asked): Promise<{ hour: number; taken: number; decided: number }[]> {
	const { rows } = await sql<{ hour: number; taken: number; decided: number }>`
		select extract(hour from quarter at time zone ${asked.timeZone})::int as hour,
			sum(taken)::bigint as taken, sum(decided)::bigint as decided
		from (
			select ${quarter('at')} as quarter, count(*) as taken, 0 as decided
			from review_taking where ${during('at', asked)} and taken_by <> 'again' group by 1
			union all
			select ${quarter('decided_at')}, 0, count(*) from decision where ${during('decided_at', asked)} group by 1
		) deed group by 1`.execute(trx);
	return rows;
}

/** Decisions by the reason of hardship and what was decided. */
export async function countOutcomes(
	trx: Trx,
	asked: Asked,
): Promise<{ reason: Reason | null; outcome: Outcome; count: number }[]> {
	const { rows } = await sql<{ reason: Reason | null; outcome: Outcome; count: number }>`
		select a.reason, d.outcome, count(*) as count from decision d join application a on a.id = d.application_id
		where ${during('d.decided_at', asked)} group by 1, 2`.execute(trx);
	return rows;
}

/** Refusals by the code of their reason, the most frequent first. */
export async function countDeclines(trx: Trx, asked: Asked): Promise<{ code: string | null; count: number }[]> {
	const { rows } = await sql<{ code: string | null; count: number }>`
		select reason_code as code, count(*) as count from decision
		where outcome = 'declined' and ${during('decided_at', asked)} group by 1 order by 2 desc, 1`.execute(trx);
	return rows;
}

/** What ran out of time. */
export async function countLapses(trx: Trx, asked: Asked): Promise<Record<Lapse, number>> {
	const { rows } = await sql<Record<Lapse, number>>`
		select
			(select count(*) from counter_offer where answer = 'lapsed' and ${during('answered_at', asked)}) as offer,
			count(*) filter (where status = 'expired') as signing,
			count(*) filter (where status = 'lapsed') as plan
		from agreement where ${during('ended_at', asked)}`.execute(trx);
	return rows[0] ?? { offer: 0, signing: 0, plan: 0 };
}

/** Proposals of the first of two that came to an end, by which. */
export async function countProposalEnds(trx: Trx, asked: Asked): Promise<{ end: ProposalEnd; count: number }[]> {
	const { rows } = await sql<{ end: ProposalEnd; count: number }>`
		select closed_as as end, count(*) as count from approval where ${during('closed_at', asked)} group by 1`.execute(trx);
	return rows;
}
