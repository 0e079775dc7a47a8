import type { Day } from '#lib/domain/day.ts';
import type { Outcome } from '#lib/domain/review/decision.ts';
import type { ObjectionOutcome } from '#lib/domain/review/objection.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** An objection with the decision that it is to, as its cardholder may read both. */
export interface ObjectionRow {
	readonly id: string;
	readonly decisionId: string;
	readonly words: string;
	readonly at: Date;
	/** The last day for the answer. */
	readonly answerBy: Day;
	readonly closedAt: Date | null;
	/** Null while it is open. */
	readonly outcome: ObjectionOutcome | null;
	readonly decision: {
		readonly outcome: Outcome;
		readonly reasonCode: string | null;
		readonly words: string;
		readonly decidedAt: Date;
	};
}

export async function findObjectionRow(db: DbOrTrx, applicationId: string): Promise<ObjectionRow | undefined> {
	const row = await db
		.selectFrom('objection as o')
		.innerJoin('decision as d', 'd.id', 'o.decision_id')
		.select(['o.id', 'o.decision_id as decisionId', 'o.words', 'o.at', 'o.answer_by as answerBy'])
		.select(['o.closed_at as closedAt', 'o.outcome'])
		.select(['d.outcome as decided', 'd.reason_code as reasonCode', 'd.words as decisionWords'])
		.select('d.decided_at as decidedAt')
		.where('o.application_id', '=', applicationId)
		.executeTakeFirst();
	if (!row) return undefined;
	const { decided, reasonCode, decisionWords, decidedAt, ...objection } = row;
	return { ...objection, decision: { outcome: decided, reasonCode, words: decisionWords, decidedAt } };
}

/** The decline that stands on an application. */
export async function findDecline(db: DbOrTrx, applicationId: string): Promise<string | undefined> {
	const row = await db
		.selectFrom('decision')
		.select('id')
		.where('application_id', '=', applicationId)
		.where('outcome', '=', 'declined')
		.orderBy('decided_at', 'desc')
		.executeTakeFirst();
	return row?.id;
}

/** Writes an objection; whoever made the decision is kept away from it by the database's own hand. */
export async function insertObjection(
	trx: Trx,
	objection: {
		readonly applicationId: string;
		readonly decisionId: string;
		readonly cardholderId: string;
		readonly words: string;
		readonly at: Date;
		readonly answerBy: Day;
	},
): Promise<string> {
	const { id } = await trx
		.insertInto('objection')
		.values({
			application_id: objection.applicationId,
			decision_id: objection.decisionId,
			cardholder_id: objection.cardholderId,
			words: objection.words,
			at: objection.at,
			answer_by: objection.answerBy,
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** Closes an application's open objection, and returns its id; undefined where none is open. */
export async function closeOpenObjection(
	trx: Trx,
	{ applicationId, outcome, at }: { applicationId: string; outcome: ObjectionOutcome; at: Date },
): Promise<string | undefined> {
	const closed = await trx
		.updateTable('objection')
		.set({ closed_at: at, outcome })
		.where('application_id', '=', applicationId)
		.where('closed_at', 'is', null)
		.returning('id')
		.executeTakeFirst();
	return closed?.id;
}

export async function findObjectionSetting(db: DbOrTrx): Promise<object | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'objection').executeTakeFirst();
	return row?.value;
}
