import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { Day } from '#lib/domain/day.ts';
import { type Ineligibility, ineligibilities } from '#lib/domain/plan/eligibility.ts';
import { readFirstDueDate } from '#lib/domain/plan/first-due-date.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import type { PlanChoice, Quote } from '#lib/domain/plan/quote.ts';
import { type QuoteStatus, quoteStatus } from '#lib/domain/plan/quote-status.ts';
import { findOwnAccountState, type SoundAccount } from '#lib/server/account/account-state.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { situationOf } from '#lib/server/plan/list-options.ts';
import { selectQuote, type StoredQuote } from '#lib/server/plan/quote.repository.ts';
import { quotedAccount, quoteFor } from '#lib/server/plan/quoted-account.ts';
import { listOfferedProducts } from '#lib/server/plan/read-products.ts';
import { termsHash } from '#lib/server/plan/record-quote.ts';

/** The application whose quote is judged, and the moment. */
export interface JudgedApplication {
	readonly owner: { readonly cardholderId: string; readonly accountId: string };
	readonly applicationId: string;
	readonly quoteId: string;
	readonly reason: Reason | null;
	readonly evidence: readonly EvidenceKind[];
	readonly today: Day;
	readonly at: Date;
}

/** How a quote stands now. `fresh` is the same choice worked out today, where the product still offers it. */
export interface QuoteJudgement {
	readonly status: QuoteStatus;
	readonly productOffered: boolean;
	readonly ineligible: readonly Ineligibility[];
	readonly fresh: Quote | undefined;
}

/**
 * Whether a quote can still be submitted. Beside expiry and new postings it is worked out again from what is known now
 * of its own day: a changed statement or policy changes the hash, and counts as changed figures too.
 */
export async function judgeQuote(
	db: DbOrTrx,
	judged: JudgedApplication,
): Promise<({ ok: true } & QuoteJudgement) | { ok: false; refusal: 'being_checked' | 'not_found' }> {
	const { owner, applicationId, quoteId, today, at } = judged;
	const stored = await selectQuote(db, { quoteId, applicationId });
	const state = await findOwnAccountState(db, owner);
	if (!stored || !state) return { ok: false, refusal: 'not_found' };
	if (state.beingChecked) return { ok: false, refusal: 'being_checked' };
	const offered = (await listOfferedProducts(db)).find(({ code }) => code === stored.productCode);
	const product = offered?.version === stored.productVersion ? offered : undefined;
	const account = quotedAccount(state, today);
	const status = quoteStatus(stored, at, state.postingMark);
	const fresh = offered && quoteFor(offered, account, sameChoice(stored, today));
	return {
		ok: true,
		status: status === 'valid' && product && !stillTheSame(stored, state, product, today) ? 'figures_changed' : status,
		productOffered: product !== undefined,
		ineligible: product ? ineligibilities(product.eligibility, situationOf(account, judged)) : [],
		fresh: fresh?.ok ? fresh.quote : undefined,
	};
}

/** What was chosen then; a first due date that has passed gives way to today's ordinary one. */
function sameChoice({ terms }: StoredQuote, today: Day): PlanChoice {
	const { instalments, deferralMonths, firstDueDate } = terms;
	const isAhead = readFirstDueDate(firstDueDate, today).ok;
	return { instalments, deferralMonths, ...(isAhead && { firstDueDate }) };
}

function stillTheSame(stored: StoredQuote, state: SoundAccount, product: Product, today: Day): boolean {
	const { terms, asOf } = stored;
	const again = quoteFor(product, { ...quotedAccount(state, asOf), firstDueDate: terms.firstDueDate }, terms);
	return again.ok && terms.firstDueDate > today && termsHash(again.quote).equals(stored.termsHash);
}
