import { sql } from 'kysely';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { QueuePlace } from '#lib/domain/review/queue-policy.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** What the policy asks about an application, as the database has it; the amount is a decimal. */
export interface FactsRow {
	readonly applicationId: string;
	readonly reason: Reason | null;
	readonly locale: string;
	readonly currency: string;
	readonly totalOutstanding: string | null;
	readonly needsSecond: boolean;
}

/** A review's place with the language that whoever takes it must read. */
export interface PlaceRow extends QueuePlace {
	readonly applicationId: string;
	readonly language: string;
}

export async function findQueueSetting(db: DbOrTrx): Promise<object | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'queue').executeTakeFirst();
	return row?.value;
}

export async function getFacts(trx: Trx, applicationId: string): Promise<FactsRow> {
	return facts(trx).where('a.id', '=', applicationId).executeTakeFirstOrThrow();
}

/** Locks so many of the open reviews after an application's, by its id, with what the policy asks about each. */
export async function lockOpenAfter(
	trx: Trx,
	{ after, most }: { after: string; most: number },
): Promise<
	(FactsRow & { readonly queuedAt: Date; readonly waitedMs: number; readonly objectionDueAt: Date | null })[]
> {
	return facts(trx)
		.innerJoin('review as r', 'r.application_id', 'a.id')
		.leftJoin('objection as o', (join) => join.onRef('o.application_id', '=', 'a.id').on('o.closed_at', 'is', null))
		.select(['r.queued_at as queuedAt', 'r.waited_ms as waitedMs'])
		.select(sql<Date | null>`case when o.id is not null then r.due_at end`.as('objectionDueAt'))
		.where('r.closed_at', 'is', null)
		.where('r.application_id', '>', after)
		.orderBy('r.application_id')
		.limit(most)
		.forUpdate(['r'])
		.execute();
}

/** Puts a queued review where it belongs, and says whether it was elsewhere. */
export async function savePlace(trx: Trx, { applicationId, ...place }: PlaceRow): Promise<boolean> {
	const { priority, dueAt, language } = place;
	const skill = place.skill ?? '';
	const moved = await trx
		.updateTable('review')
		.set({ priority, due_at: dueAt, language, skill })
		.where('application_id', '=', applicationId)
		.where(({ eb, or }) =>
			or([
				eb('priority', '<>', priority),
				eb('due_at', '<>', dueAt),
				eb('language', '<>', language),
				eb('skill', '<>', skill),
			]),
		)
		.executeTakeFirst();
	return moved.numUpdatedRows > 0n;
}

function facts(trx: Trx) {
	return trx
		.selectFrom('application as a')
		.innerJoin('account as c', 'c.id', 'a.account_id')
		.leftJoin('quote as q', 'q.id', 'a.quote_id')
		.select([
			'a.id as applicationId',
			sql<Reason | null>`a.reason`.as('reason'),
			'a.locale',
			'c.currency',
			sql<string | null>`q.terms #>> '{owed,totalOutstanding}'`.as('totalOutstanding'),
			sql<boolean>`coalesce(needs_second_approver(a.quote_id), false)`.as('needsSecond'),
		]);
}
