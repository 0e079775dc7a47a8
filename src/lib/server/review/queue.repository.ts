import { sql } from 'kysely';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Outcome } from '#lib/domain/review/decision.ts';
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
	readonly staffId: string | null;
	readonly staffName: string | null;
	readonly leaseExpiresAt: Date | null;
	/** Whether this person had a hand in it, or is its cardholder. */
	readonly isOwn: boolean;
}

export async function listQueueRows(
	db: DbOrTrx,
	{ staffId, most }: { staffId: string; most: number },
): Promise<QueueRow[]> {
	return db
		.selectFrom('review as r')
		.innerJoin('application as a', 'a.id', 'r.application_id')
		.innerJoin('account as c', 'c.id', 'a.account_id')
		.leftJoin('quote as q', 'q.id', 'a.quote_id')
		.leftJoin('staff as s', 's.id', 'r.staff_id')
		.select([
			'r.application_id as applicationId',
			'a.reference',
			sql<Reason | null>`a.reason`.as('reason'),
			'a.locale',
			'c.currency',
			sql<string | null>`q.terms #>> '{owed,totalOutstanding}'`.as('totalOutstanding'),
			'a.wants_offer as wantsOffer',
			'r.queued_at as queuedAt',
			'r.staff_id as staffId',
			's.name as staffName',
			'r.lease_expires_at as leaseExpiresAt',
			sql<boolean>`exists (select from application_hand h where h.application_id = a.id and h.staff_id = ${staffId})
				or exists (select from staff me where me.id = ${staffId} and me.cardholder_id = a.cardholder_id)`.as('isOwn'),
		])
		.where('r.closed_at', 'is', null)
		.orderBy('r.queued_at')
		.orderBy('r.application_id')
		.limit(most)
		.execute();
}

/** How much is open, how much of it in somebody's hands, and since when the oldest waits. */
export async function countQueue(
	db: DbOrTrx,
	at: Date,
): Promise<{ open: number; inHand: number; oldestQueuedAt: Date | null }> {
	return db
		.selectFrom('review')
		.select((eb) => [
			eb.fn.countAll<number>().as('open'),
			eb.fn.countAll<number>().filterWhere('lease_expires_at', '>', at).as('inHand'),
			eb.fn.min('queued_at').$castTo<Date | null>().as('oldestQueuedAt'),
		])
		.where('closed_at', 'is', null)
		.executeTakeFirstOrThrow();
}

/** The decisions of a calendar day in a zone, by outcome and reason. */
export async function countDecisions(
	db: DbOrTrx,
	{ day, timeZone }: { day: Day; timeZone: string },
): Promise<{ outcome: Outcome; reasonCode: string | null; count: number }[]> {
	return db
		.selectFrom('decision')
		.select((eb) => ['outcome', 'reason_code as reasonCode', eb.fn.countAll<number>().as('count')])
		.where('decided_at', '>=', sql<Date>`${day}::timestamp at time zone ${timeZone}`)
		.where('decided_at', '<', sql<Date>`(${day}::date + 1)::timestamp at time zone ${timeZone}`)
		.groupBy(['outcome', 'reason_code'])
		.orderBy('outcome')
		.orderBy('count', 'desc')
		.execute();
}

export async function listNotes(
	db: DbOrTrx,
	applicationId: string,
): Promise<{ body: string; staffName: string; at: Date }[]> {
	return db
		.selectFrom('review_note as n')
		.innerJoin('staff as s', 's.id', 'n.staff_id')
		.select(['n.body', 's.name as staffName', 'n.at'])
		.where('n.application_id', '=', applicationId)
		.orderBy('n.id')
		.execute();
}
