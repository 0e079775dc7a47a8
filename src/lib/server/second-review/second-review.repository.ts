import { type SqlBool, sql } from 'kysely';
import type { Day } from '#lib/domain/day.ts';
import type { Outcome } from '#lib/domain/review/decision.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** A case drawn for a second look, with what was owed on the day of its decision. */
export interface DrawnRow {
	readonly id: string;
	readonly applicationId: string;
	readonly reference: string;
	readonly drawnAt: Date;
	readonly decidedAt: Date;
	readonly inputs: object;
}

export async function insertDrawn(
	trx: Trx,
	drawn: { applicationId: string; decisionId: string; at: Date },
): Promise<void> {
	const { applicationId, decisionId, at } = drawn;
	await trx
		.insertInto('second_review')
		.values({ application_id: applicationId, decision_id: decisionId, drawn_at: at })
		.execute();
}

/**
 * What this person may take a second look at: supervisors, to whom the documents are open anyway; not what they decided, had a hand
 * in, what is their own, or what they have read the outcome of, and nothing that is in the queue again, where what became of it
 * shows. The oldest first.
 */
export async function listDrawnFor(db: DbOrTrx, staffId: string, most: number): Promise<DrawnRow[]> {
	return drawnFor(db, staffId).limit(most).execute();
}

/** The second look that an application waits for, where this person may take it. */
export async function findDrawnFor(
	db: DbOrTrx,
	{ staffId, applicationId }: { staffId: string; applicationId: string },
): Promise<DrawnRow | undefined> {
	return drawnFor(db, staffId).where('r.application_id', '=', applicationId).executeTakeFirst();
}

/** Writes the second look; false where somebody was quicker. */
export async function saveSecondLook(
	trx: Trx,
	look: { id: string; staffId: string; outcome: Outcome; reasonCode: string | null; note: string; at: Date },
): Promise<boolean> {
	const { id, staffId, outcome, reasonCode, note, at } = look;
	const saved = await trx
		.updateTable('second_review')
		.set({ staff_id: staffId, outcome, reason_code: reasonCode, note, at })
		.where('id', '=', id)
		.where('at', 'is', null)
		.executeTakeFirst();
	return saved.numUpdatedRows > 0n;
}

/** How many second looks were taken within the days of a zone, and in how many the outcome was the same. */
export async function countAgreement(
	db: DbOrTrx,
	{ from, to, timeZone }: { from: Day; to: Day; timeZone: string },
): Promise<{ reviewed: number; agreed: number }> {
	return db
		.selectFrom('second_review as r')
		.innerJoin('decision as d', 'd.id', 'r.decision_id')
		.select((eb) => [
			eb.fn.countAll<number>().as('reviewed'),
			eb.fn.countAll<number>().filterWhereRef('r.outcome', '=', 'd.outcome').as('agreed'),
		])
		.where('r.at', '>=', sql<Date>`${from}::timestamp at time zone ${timeZone}`)
		.where('r.at', '<', sql<Date>`(${to}::date + 1)::timestamp at time zone ${timeZone}`)
		.executeTakeFirstOrThrow();
}

export async function findSecondReviewSetting(db: DbOrTrx): Promise<object | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'second_review').executeTakeFirst();
	return row?.value;
}

function drawnFor(db: DbOrTrx, staffId: string) {
	return db
		.selectFrom('second_review as r')
		.innerJoin('decision as d', 'd.id', 'r.decision_id')
		.innerJoin('application as a', 'a.id', 'r.application_id')
		.select(['r.id', 'r.application_id as applicationId', 'a.reference', 'r.drawn_at as drawnAt'])
		.select(['d.decided_at as decidedAt', 'd.inputs'])
		.where('r.at', 'is', null)
		.where(
			sql<SqlBool>`not exists (select from decision o where o.application_id = a.id
				and ${staffId}::uuid in (o.staff_id, o.first_staff_id))`,
		)
		.where(
			sql<SqlBool>`not exists (select from application_hand h where h.application_id = a.id and h.staff_id = ${staffId}::uuid)`,
		)
		.where(sql<SqlBool>`not has_read_outcome(a.id, ${staffId}::uuid)`)
		.where(sql<SqlBool>`not exists (select from review v where v.application_id = a.id and v.closed_at is null)`)
		.where(
			sql<SqlBool>`exists (select from staff me where me.id = ${staffId}::uuid and me.role = 'supervisor'
				and me.cardholder_id is distinct from a.cardholder_id)`,
		)
		.orderBy('r.drawn_at')
		.orderBy('r.id');
}
