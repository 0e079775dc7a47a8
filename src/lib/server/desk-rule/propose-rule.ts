import { plainText } from '#lib/domain/plain-text.ts';
import { type DeskRule, type RuleProposeRefusal, refusesRuleProposal } from '#lib/domain/review/rule-change.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { findNewestProposal, insertRuleProposal, lockRule } from '#lib/server/desk-rule/desk-rule.repository.ts';
import { ruleMark } from '#lib/server/desk-rule/rule-mark.ts';
import { type RuleProblem, ruleProblems } from '#lib/server/desk-rule/rule-problems.ts';
import { lockActingStaff } from '#lib/server/staff/lock-acting-staff.ts';

/** As long as a note can be, in characters. */
export const LONGEST_RULE_NOTE = 1000;

export type RuleProposeOutcome =
	| { readonly ok: true; readonly proposalId: string }
	| { readonly ok: false; readonly refusal: RuleProposeRefusal }
	| { readonly ok: false; readonly refusal: 'problems'; readonly problems: readonly RuleProblem[] };

/** Proposes a whole new wording of a rule, made from the one that `baseMark` names; nothing changes before a second person consents. */
export async function proposeRule(
	db: Db,
	form: {
		readonly staffId: string;
		readonly key: DeskRule;
		readonly baseMark: string;
		readonly value: object;
		readonly note: string;
	},
): Promise<RuleProposeOutcome> {
	const { staffId, key, baseMark, value } = form;
	const problems = ruleProblems(key, value);
	if (problems.length > 0) return { ok: false, refusal: 'problems', problems };
	return db.transaction().execute(async (trx): Promise<RuleProposeOutcome> => {
		const actor = await lockActingStaff(trx, staffId);
		const mark = ruleMark(await lockRule(trx, key));
		const isProposed = (await findNewestProposal(trx, key))?.status === 'proposed';
		const note = plainText(form.note).slice(0, LONGEST_RULE_NOTE);
		const refusal = refusesRuleProposal({ actor, mark, baseMark, newMark: ruleMark(value), isProposed, note });
		if (refusal) return { ok: false, refusal };
		const id = await insertRuleProposal(trx, { key, baseMark, value, note, by: staffId, at: now() });
		await appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: 'desk_rule.proposed',
			subjectKind: 'setting',
			subjectId: key,
			detail: { proposalId: id, why: note },
		});
		return { ok: true, proposalId: id };
	});
}
