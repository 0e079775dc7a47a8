import { plainText } from '#lib/domain/plain-text.ts';
import { parseProduct } from '#lib/domain/plan/parse-product.ts';
import type { AnswerRefusal, ProposalAnswer } from '#lib/domain/access/four-eyes.ts';
import { refusesAnswering } from '#lib/domain/plan/product-change.ts';
import { productTerms } from '#lib/domain/plan/product-terms.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import {
	insertVersion,
	lockNewestVersion,
	lockProposal,
	retireOffered,
	saveAnswer,
} from '#lib/server/product/product-proposal.repository.ts';
import { lockActingStaff } from '#lib/server/staff/lock-acting-staff.ts';
import { LONGEST_NOTE } from '#lib/server/product/propose-change.ts';

/** An answer to a proposal by a member of staff; `note` says why. */
export interface AnswerForm {
	readonly staffId: string;
	readonly proposalId: string;
	readonly answer: ProposalAnswer;
	readonly note: string;
}

export type AnswerOutcome =
	| { readonly ok: true; readonly code: string }
	| { readonly ok: false; readonly refusal: AnswerRefusal | 'not_found' | 'terms_refused' };

/**
 * Answers a proposal. Publishing adds the next version and retires the one before in the same transaction, so that a
 * product is never offered twice nor not at all; a published version itself never changes. Of two answers one counts.
 */
export async function answerProposal(db: Db, form: AnswerForm): Promise<AnswerOutcome> {
	return db.transaction().execute(async (trx): Promise<AnswerOutcome> => {
		const { staffId, proposalId, answer } = form;
		const actor = await lockActingStaff(trx, staffId);
		if (!actor) return { ok: false, refusal: 'wrong_role' };
		const proposal = await lockProposal(trx, proposalId);
		if (!proposal) return { ok: false, refusal: 'not_found' };
		const newest = await lockNewestVersion(trx, proposal.code);
		const note = plainText(form.note).slice(0, LONGEST_NOTE);
		const refusal = refusesAnswering({ actor, answer, proposal, newest, note });
		if (refusal) return { ok: false, refusal };
		const at = now();
		if (answer === 'published' && !(await putInForce(trx, { proposal, version: (newest?.version ?? 0) + 1, at }))) {
			return { ok: false, refusal: 'terms_refused' };
		}
		await saveAnswer(trx, { id: proposalId, answer, by: staffId, at, note });
		await appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: ACTIONS[answer === 'published' ? proposal.change : answer],
			subjectKind: 'product',
			subjectId: proposal.code,
			detail: { proposalId, baseVersion: proposal.baseVersion },
		});
		return { ok: true, code: proposal.code };
	});
}

const ACTIONS = {
	publish: 'product.published',
	retire: 'product.retired',
	rejected: 'product.proposal_rejected',
	withdrawn: 'product.proposal_withdrawn',
} as const;

/** Whether it could be: rules may have grown stricter since the terms were proposed. */
async function putInForce(
	trx: Trx,
	{
		proposal,
		version,
		at,
	}: { proposal: { code: string; change: 'publish' | 'retire'; terms: object }; version: number; at: Date },
): Promise<boolean> {
	const { code, change, terms } = proposal;
	const parsed = change === 'publish' ? parseProduct({ ...terms, code, version }) : undefined;
	if (parsed?.ok === false) return false;
	await retireOffered(trx, { code, at });
	if (parsed) await insertVersion(trx, { code, version, terms: productTerms(parsed.product), at });
	return true;
}
