import { sql } from 'kysely';
import type { ProposalAnswer, ProposalStatus } from '#lib/domain/access/four-eyes.ts';
import type { DeskRule } from '#lib/domain/review/rule-change.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** A proposal as it is kept, with the names of who made and who answered it. */
export interface RuleProposal {
	readonly id: string;
	readonly baseMark: string;
	readonly value: object;
	readonly note: string;
	readonly status: ProposalStatus;
	readonly proposedBy: string;
	readonly proposerName: string;
	readonly proposedAt: Date;
	readonly deciderName: string | null;
	readonly decidedAt: Date | null;
	readonly decisionNote: string;
}

/** What is in force, for reading. */
export async function getRule(db: DbOrTrx, key: DeskRule): Promise<object> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirstOrThrow();
	return row.value;
}

/** The same, locked: proposals of one rule follow one another. */
export async function lockRule(trx: Trx, key: DeskRule): Promise<object> {
	const query = trx.selectFrom('setting').select('value').where('key', '=', key).forUpdate();
	return (await query.executeTakeFirstOrThrow()).value;
}

export async function saveRule(trx: Trx, { key, value }: { key: DeskRule; value: object }): Promise<void> {
	await trx
		.updateTable('setting')
		.set({ value: JSON.stringify(value) })
		.where('key', '=', key)
		.execute();
}

export async function insertRuleProposal(
	trx: Trx,
	row: { key: DeskRule; baseMark: string; value: object; note: string; by: string; at: Date },
): Promise<string> {
	const { id } = await trx
		.insertInto('desk_rule_proposal')
		.values({
			key: row.key,
			base_mark: row.baseMark,
			value: JSON.stringify(row.value),
			note: row.note,
			proposed_by: row.by,
			proposed_at: row.at,
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** The newest proposal of a rule, waiting or answered; one that waits is always the newest. */
export async function findNewestProposal(db: DbOrTrx, key: DeskRule): Promise<RuleProposal | undefined> {
	return db
		.selectFrom('desk_rule_proposal as p')
		.innerJoin('staff as maker', 'maker.id', 'p.proposed_by')
		.leftJoin('staff as decider', 'decider.id', 'p.decided_by')
		.select(['p.id', 'p.base_mark as baseMark', 'p.value', 'p.note', 'p.status', 'p.proposed_by as proposedBy'])
		.select(['maker.name as proposerName', 'p.proposed_at as proposedAt', 'decider.name as deciderName'])
		.select(['p.decided_at as decidedAt', 'p.decision_note as decisionNote'])
		.where('p.key', '=', key)
		.orderBy(sql`p.status = 'proposed'`, 'desc')
		.orderBy('p.proposed_at', 'desc')
		.limit(1)
		.executeTakeFirst();
}

export async function saveRuleAnswer(
	trx: Trx,
	{ id, answer, by, at, note }: { id: string; answer: ProposalAnswer; by: string; at: Date; note: string },
): Promise<void> {
	await trx
		.updateTable('desk_rule_proposal')
		.set({ status: answer, decided_by: by, decided_at: at, decision_note: note })
		.where('id', '=', id)
		.execute();
}
