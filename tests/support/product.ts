import { productTerms } from '#lib/domain/plan/product-terms.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { findVersionedProduct } from '#lib/server/product/list-products.ts';
import { answerProposal } from '#lib/server/product/answer-proposal.ts';
import { type ProposalForm, proposeVersion } from '#lib/server/product/propose-change.ts';

/** The newest version's terms without code and version, as a form would send them, with some changed. */
export async function newestTerms(db: Db, code: string, changes: object = {}): Promise<object> {
	const found = await findVersionedProduct(db, code);
	if (!found) throw new Error(`no product ${code}`);
	const terms = Object.entries(productTerms(found.versions[0].product));
	return { ...Object.fromEntries(terms.filter(([key]) => key !== 'code' && key !== 'version')), ...changes };
}

/** A proposal that waits: the newest version with some terms changed. */
export async function proposeChange(db: Db, form: Omit<ProposalForm, 'note'>, changes: object): Promise<string> {
	const terms = await newestTerms(db, form.code, changes);
	const outcome = await proposeVersion(db, { ...form, note: 'For a test.', terms });
	if (!outcome.ok) throw new Error(JSON.stringify(outcome));
	return outcome.proposalId;
}

/** Publishes a change of a product by two persons. */
export async function publishChange(
	db: Db,
	{ maker, checker, code, baseVersion }: { maker: string; checker: string; code: string; baseVersion: number },
	changes: object,
): Promise<void> {
	const proposalId = await proposeChange(db, { staffId: maker, code, baseVersion }, changes);
	const answered = await answerProposal(db, { staffId: checker, proposalId, answer: 'published', note: '' });
	if (!answered.ok) throw new Error(answered.refusal);
}
