import { sql } from 'kysely';
import type { Day } from '#lib/domain/day.ts';
import type { KeptMonth, WaitingCount } from '#lib/domain/overview/figure.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import type { Asked } from '#lib/server/overview/figures.repository.ts';

/**
 * What waits now and for whom, each case once: in hand goes before put aside, that before waiting for a second, and that before
 * waiting at all. An offer and an agreement are due when they run out, what is put aside when its hold ends.
 */
export async function countWaitingFor(trx: Trx, { at, timeZone }: Asked): Promise<WaitingCount[]> {
	const { rows } = await sql<WaitingCount>`
		select waits as for, count(*) as count, (min(since) at time zone ${timeZone})::date as oldest, min(due) as due from (
			select case when r.lease_expires_at > ${at} then 'in_hand' when r.paused_at is not null then 'aside'
					when p.id is not null then 'second' else 'agent' end as waits,
				coalesce(r.paused_at, r.queued_at) as since,
				coalesce(r.paused_until, (r.due_at at time zone ${timeZone})::date) as due
			from review r left join approval p on p.application_id = r.application_id and p.closed_at is null
			where r.closed_at is null
			union all select 'more_requested', asked_at, due_on from information_request where closed_at is null
			union all select 'offer_answer', offered_at, (expires_at at time zone ${timeZone})::date
				from counter_offer where answer is null
			union all select 'signature', offered_at, (sign_by at time zone ${timeZone})::date
				from agreement where status = 'offered'
		) waiting group by 1`.execute(trx);
	return rows;
}

/**
 * Instalments by the month in which they fell due. What the keepers of plans wrote is counted (domain/agreement/keeping): an
 * instalment is late where it was made good, or its plan completed, after it was missed. One of a plan that nobody has looked at
 * since its payments can have come in is open. What fell due after a plan's end never fell due; of a plan that was completed
 * in time all did.
 *
 * @param today the last due day that has come
 * @param postingDays so many days after a day its payments have all come in
 */
export async function countKept(
	trx: Trx,
	{ range }: Asked,
	{ today, postingDays }: { today: Day; postingDays: number },
): Promise<KeptMonth[]> {
	const { rows } = await sql<KeptMonth>`
		select to_char(due_on, 'YYYY-MM') as month, sum(on_time)::bigint as "onTime", sum(late)::bigint as late,
			sum(missed)::bigint as missed, sum(open)::bigint as open
		from (select due_on,
			count(*) filter (where not was_missed and is_known) as on_time,
			count(*) filter (where was_missed and was_paid) as late,
			count(*) filter (where was_missed and not was_paid) as missed,
			count(*) filter (where not was_missed and not is_known) as open
		from (
			select i.due_on, m.id is not null as was_missed,
				c.id is not null or coalesce(e.kind <> 'lapsed', false) as was_paid,
				e.kind is not null or i.due_on <= g.looked_on - ${postingDays}::int as is_known
			from agreement_instalment i
			join agreement g on g.id = i.agreement_id and g.signed_at is not null
			left join agreement_event m on m.agreement_id = g.id and m.kind = 'missed' and m.instalment = i.number
			left join agreement_event c on c.agreement_id = g.id and c.kind = 'cured' and c.instalment = i.number
			left join agreement_event e on e.agreement_id = g.id and e.kind in ('lapsed', 'completed', 'settled_early')
			where i.due_on between ${range.from} and least(${range.to}::date, ${today}::date)
				and (e.kind is null or e.kind = 'completed' or i.due_on < e.occurred_on
					or (e.kind = 'settled_early' and i.due_on = e.occurred_on))
		) due group by 1) day group by 1 order by 1`.execute(trx);
	return rows;
}
