import { sql } from 'kysely';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { Day } from '#lib/domain/day.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** A waiting application as the database lists it; `totalOutstanding` is a decimal, as quoted. */
export interface QueueRow {
	readonly applicationId: string;
	readonly reference: string;
	readonly reason: Reason | null;
	readonly locale: string;
	readonly currency: string;
	readonly totalOutstanding: string | null;
	readonly wantsOffer: boolean;
	readonly queuedAt: Date;
	readonly priority: number;
	readonly dueAt: Date;
	readonly language: string;
	readonly skill: string;
	readonly staffId: string | null;
	readonly staffName: string | null;
	readonly leaseExpiresAt: Date | null;
	/** Whether this person stands too near to it to decide it. */
	readonly isOwn: boolean;
	/** Who proposed what waits for a second approver. */
	readonly proposedBy: string | null;
	/** What became of the last request for more; null where none was made. */
	readonly brought: 'answered' | 'lapsed' | 'withdrawn' | null;
	/** Whether the cardholder objects to what was decided on it. */
	readonly isObjection: boolean;
	readonly isReferred: boolean;
	/** Put aside since then, up to this day and with it. */
	readonly pausedAt: Date | null;
	readonly pausedUntil: Day | null;
	readonly assignedTo: string | null;
	readonly assigneeName: string | null;
}

/** Which of the open ones: this person's, in anybody's hands, or waiting for a second approver. */
export type QueuePart = 'all' | 'mine' | 'in_hand' | 'for_second';

/** The open ones in the order in which "take next" gives them; what is put aside comes last. */
export async function listQueueRows(
	db: DbOrTrx,
	{ staffId, at, part, most }: { staffId: string; at: Date; part: QueuePart; most: number },
): Promise<QueueRow[]> {
	const theirs = sql<boolean>`((r.staff_id = ${staffId} and r.lease_expires_at > ${at}) or r.assigned_to = ${staffId})`;
	return db
		.selectFrom('review as r')
		.innerJoin('application as a', 'a.id', 'r.application_id')
		.innerJoin('account as c', 'c.id', 'a.account_id')
		.leftJoin('quote as q', 'q.id', 'a.quote_id')
		.leftJoin('staff as s', 's.id', 'r.staff_id')
		.leftJoin('approval as p', (join) => join.onRef('p.application_id', '=', 'a.id').on('p.closed_at', 'is', null))
		.leftJoin('staff as o', 'o.id', 'r.assigned_to')
		.select([
			'r.application_id as applicationId',
			'a.reference',
			sql<Reason | null>`a.reason`.as('reason'),
			'a.locale',
			'c.currency',
			sql<string | null>`q.terms #>> '{owed,totalOutstanding}'`.as('totalOutstanding'),
			'a.wants_offer as wantsOffer',
			'r.queued_at as queuedAt',
			'r.priority',
			'r.due_at as dueAt',
			'r.language',
			'r.skill',
			'r.staff_id as staffId',
			's.name as staffName',
			'r.lease_expires_at as leaseExpiresAt',
			sql<boolean>`exists (select from application_hand h where h.application_id = a.id and h.staff_id = ${staffId})
				or exists (select from staff me where me.id = ${staffId} and me.cardholder_id = a.cardholder_id)
				or exists (select from review_taking t
					where t.application_id = a.id and t.staff_id = ${staffId} and t.taken_by = 'own_choice')
				or p.first_staff_id is not distinct from ${staffId}`.as('isOwn'),
			'p.first_staff_id as proposedBy',
			sql<QueueRow['brought']>`(select q.closed_as from information_request q
				where q.application_id = a.id order by q.asked_at desc limit 1)`.as('brought'),
			sql<boolean>`exists (select from objection b where b.application_id = a.id and b.closed_at is null)`.as(
				'isObjection',
			),
			sql<boolean>`r.referred_at is not null`.as('isReferred'),
			'r.paused_at as pausedAt',
			'r.paused_until as pausedUntil',
			'r.assigned_to as assignedTo',
			'o.name as assigneeName',
		])
		.where('r.closed_at', 'is', null)
		.$if(part === 'mine', (query) => query.where(theirs))
		.$if(part === 'in_hand', (query) => query.where('r.lease_expires_at', '>', at))
		.$if(part === 'for_second', (query) => query.where('p.id', 'is not', null))
		.orderBy(sql`r.paused_at is not null`)
		.orderBy(sql`r.due_at > ${at}`)
		.orderBy(sql`case when r.due_at > ${at} then r.priority end`)
		.orderBy('r.due_at')
		.orderBy('r.application_id')
		.limit(most)
		.execute();
}

/** How much there is in the queue. */
export interface QueueCounts {
	/** Waits for us; what is put aside does not. */
	readonly open: number;
	/** Past due. */
	readonly late: number;
	readonly oldestQueuedAt: Date | null;
	/** Put aside while a hold stands. */
	readonly held: number;
	/** Left the queue, because more was asked of the cardholder. */
	readonly asked: number;
}

/** How much is open, how much of it late, and since when the oldest waits; beside it what is put aside. */
export async function countQueue(db: DbOrTrx, at: Date): Promise<QueueCounts> {
	return db
		.selectFrom('review')
		.select((eb) => {
			const open = eb('paused_at', 'is', null);
			return [
				eb.fn.countAll<number>().filterWhere(open).as('open'),
				eb.fn
					.countAll<number>()
					.filterWhere(open.and('due_at', '<=', at))
					.as('late'),
				eb.fn.countAll<number>().filterWhere('paused_at', 'is not', null).as('held'),
				sql<number>`(select count(*) from information_request q where q.closed_at is null)`.as('asked'),
				sql<Date | null>`min(queued_at) filter (where paused_at is null)`.as('oldestQueuedAt'),
			];
		})
		.where('closed_at', 'is', null)
		.executeTakeFirstOrThrow();
}
