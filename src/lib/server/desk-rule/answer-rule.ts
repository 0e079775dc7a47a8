import { type AnswerRefusal, type ProposalAnswer, refusesAnswer } from '#lib/domain/access/four-eyes.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import type { DeskRule } from '#lib/domain/review/rule-change.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { findNewestProposal, lockRule, saveRule, saveRuleAnswer } from '#lib/server/desk-rule/desk-rule.repository.ts';
import { LONGEST_RULE_NOTE } from '#lib/server/desk-rule/propose-rule.ts';
import { ruleMark } from '#lib/server/desk-rule/rule-mark.ts';
import { ruleProblems } from '#lib/server/desk-rule/rule-problems.ts';
import { lockActingStaff } from '#lib/server/staff/lock-acting-staff.ts';

export type RuleAnswerOutcome =
	{ readonly ok: true } | { readonly ok: false; readonly refusal: AnswerRefusal | 'value_refused' };

/** Answers what waits for a rule, named by its id. Publishing puts it into force in the same transaction; of two answers one counts. */
export async function answerRule(
	db: Db,
	form: {
		readonly staffId: string;
		readonly key: DeskRule;
		readonly proposalId: string;
		readonly answer: ProposalAnswer;
		readonly note: string;
	},
): Promise<RuleAnswerOutcome> {
	const { staffId, key, answer } = form;
	const note = plainText(form.note).slice(0, LONGEST_RULE_NOTE);
	return db.transaction().execute(async (trx): Promise<RuleAnswerOutcome> => {
		const actor = await lockActingStaff(trx, staffId);
		const mark = ruleMark(await lockRule(trx, key));
		const proposal = await findNewestProposal(trx, key);
		if (proposal?.id !== form.proposalId) return { ok: false, refusal: 'closed' };
		const isOutdated = proposal.baseMark !== mark;
		const refusal = refusesAnswer({ actor, answer, proposal, isOutdated, note });
		if (refusal) return { ok: false, refusal };
		const { id, value } = proposal;
		if (answer === 'published') {
			// What a text may hold may have grown stricter since it was proposed.
			if (ruleProblems(key, value).length > 0) return { ok: false, refusal: 'value_refused' };
			await saveRule(trx, { key, value });
		}
		await saveRuleAnswer(trx, { id, answer, by: staffId, at: now(), note });
		await appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: `desk_rule.${answer}`,
			subjectKind: 'setting',
			subjectId: key,
			detail: { proposalId: id },
		});
		return { ok: true };
	});
}
