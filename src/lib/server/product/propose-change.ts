import { plainText } from '#lib/domain/plain-text.ts';
import { type ProductChange, type ProposeRefusal, refusesProposing } from '#lib/domain/plan/product-change.ts';
import type { Problem } from '#lib/domain/plan/fields.ts';
import { parseProduct } from '#lib/domain/plan/parse-product.ts';
import { productTerms } from '#lib/domain/plan/product-terms.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { insertProposal, isProposed, lockNewestVersion } from '#lib/server/product/product-proposal.repository.ts';
import { lockActingStaff } from '#lib/server/staff/lock-acting-staff.ts';

/** What every proposal says: who makes it, on which version (null for a code that has none), and why. */
export interface ProposalForm {
	readonly staffId: string;
	readonly code: string;
	readonly baseVersion: number | null;
	readonly note: string;
}

export type ProposeOutcome =
	{ readonly ok: true; readonly proposalId: string } | { readonly ok: false; readonly refusal: ProposeRefusal };

/**
 * Proposes a version of a product: the next one of its code, or the first of a new code. `terms` are plain JSON without
 * code and version, which are the proposal's own; whatever is wrong with them is told by field, and nothing is kept.
 */
export async function proposeVersion(
	db: Db,
	{ terms, ...form }: ProposalForm & { readonly terms: object },
): Promise<
	ProposeOutcome | { readonly ok: false; readonly refusal: 'problems'; readonly problems: readonly Problem[] }
> {
	const version = (form.baseVersion ?? 0) + 1;
	const parsed = parseProduct({ ...terms, code: form.code, version });
	if (!parsed.ok) return { ok: false, refusal: 'problems', problems: parsed.problems };
	return propose(db, form, { change: 'publish', terms: productTerms(parsed.product) });
}

/** Proposes that a product be offered no more. */
export async function proposeRetirement(db: Db, form: ProposalForm): Promise<ProposeOutcome> {
	return propose(db, form, { change: 'retire', terms: {} });
}

async function propose(
	db: Db,
	form: ProposalForm,
	{ change, terms }: { change: ProductChange; terms: object },
): Promise<ProposeOutcome> {
	return db.transaction().execute(async (trx: Trx): Promise<ProposeOutcome> => {
		const { staffId, code, baseVersion } = form;
		const actor = await lockActingStaff(trx, staffId);
		if (!actor) return { ok: false, refusal: 'wrong_role' };
		const newest = await lockNewestVersion(trx, code);
		const waits = await isProposed(trx, code);
		const note = plainText(form.note).slice(0, LONGEST_NOTE);
		const refusal = refusesProposing({ actor, change, baseVersion, newest, isProposed: waits, note });
		if (refusal) return { ok: false, refusal };
		const at = now();
		const id = await insertProposal(trx, { code, change, baseVersion, terms, note, proposedBy: staffId, at });
		if (id === undefined) return { ok: false, refusal: 'already_proposed' };
		await appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: 'product.proposed',
			subjectKind: 'product',
			subjectId: code,
			detail: { proposalId: id, change, baseVersion, why: note },
		});
		return { ok: true, proposalId: id };
	});
}

/** As long as a note can be, in characters. */
export const LONGEST_NOTE = 1000;
