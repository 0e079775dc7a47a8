import { ineligibilities } from '#lib/domain/plan/eligibility.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import { productRules, type RuleFinding } from '#lib/domain/plan/product-rules.ts';
import type { AccountState, SoundAccount } from '#lib/server/account/account-state.ts';
import type { ApplicationForReview } from '#lib/server/application/read-application.ts';
import { today } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { kindsBrought } from '#lib/server/evidence/list-evidence.ts';
import { situationOf } from '#lib/server/plan/list-options.ts';
import { quotedAccount } from '#lib/server/plan/quoted-account.ts';
import { findProduct, listOfferedProducts } from '#lib/server/plan/read-products.ts';

/** The plan that was asked for against each rule of its product, today; undefined where there is nothing to compare. */
export async function findRules(
	db: DbOrTrx,
	{ quote, submittedAt, ...application }: Pick<ApplicationForReview, 'quote' | 'reason' | 'evidence' | 'submittedAt'>,
	account: AccountState,
): Promise<readonly RuleFinding[] | undefined> {
	if (account.beingChecked || !quote) return undefined;
	const { productCode, productVersion, instalments, deferralMonths, firstDueDate } = quote.plan;
	const product = await findProduct(db, productCode, productVersion);
	if (!product) return undefined;
	const offered = (await listOfferedProducts(db)).find(({ code }) => code === productCode);
	return productRules(product, {
		...situation(application, account),
		today: today(),
		instalments,
		deferralMonths,
		firstDueDate,
		quoteUntil: quote.expiresAt,
		submittedAt,
		offeredVersion: offered?.version ?? null,
	});
}

/** What offering a product makes exceptions to: only papers can be missing, what else is not met cannot be offered at all. */
export function offerExceptions(
	product: Product,
	application: Pick<ApplicationForReview, 'reason' | 'evidence'>,
	account: SoundAccount,
): RuleFinding[] {
	const of = situation(application, account);
	if (!ineligibilities(product.eligibility, of).includes('evidence_missing')) return [];
	return [{ rule: 'evidence', oneOf: product.eligibility.evidence, has: [...new Set(of.evidence)], met: false }];
}

function situation({ reason, evidence }: Pick<ApplicationForReview, 'reason' | 'evidence'>, account: SoundAccount) {
	return situationOf(quotedAccount(account, today()), { reason, evidence: kindsBrought(evidence) });
}
