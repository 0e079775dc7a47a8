import type { DeskRule } from '#lib/domain/review/rule-change.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findNewestProposal, getRule, type RuleProposal } from '#lib/server/desk-rule/desk-rule.repository.ts';
import { ruleMark } from '#lib/server/desk-rule/rule-mark.ts';

/** A rule of the desk in force with its mark, and the newest proposal to change it. */
export interface RuleInForce {
	readonly value: object;
	readonly mark: string;
	readonly proposal: RuleProposal | undefined;
}

/** Reads it. Throws where the rule was never set. */
export async function readRule(db: DbOrTrx, key: DeskRule): Promise<RuleInForce> {
	const value = await getRule(db, key);
	return { value, mark: ruleMark(value), proposal: await findNewestProposal(db, key) };
}
