import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { Fit } from '#lib/domain/plan/affordability.ts';
import { type Ineligibility, ineligibilities, type Situation } from '#lib/domain/plan/eligibility.ts';
import { type PlanOption, workOutOption } from '#lib/domain/plan/option.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import type { PlanChoice, QuoteRefusal } from '#lib/domain/plan/quote.ts';
import { findOwnAccountState, type SoundAccount } from '#lib/server/account/account-state.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { type QuotedAccount, quotedAccount } from '#lib/server/plan/quoted-account.ts';
import { listOfferedProducts } from '#lib/server/plan/read-products.ts';

/** For whom and how the options are worked out. */
export interface OptionsRequest {
	readonly owner: { readonly cardholderId: string; readonly accountId: string };
	readonly today: Day;
	readonly reason: Reason | null;
	readonly evidence: readonly EvidenceKind[];
	/** What the budget leaves a month; null where it says nothing. */
	readonly surplus: Minor | null;
	/** "I can pay … a month"; null where nothing was typed. */
	readonly mostMonthly: Minor | null;
	/** The numbers picked for a product, by its code; what is not offered counts as not picked. */
	readonly picks: Readonly<Record<string, Partial<PlanChoice>>>;
	/** The first due date that was chosen, within its window; the account's ordinary one where absent. */
	readonly firstDueDate?: Day | undefined;
}

/** A product that is open to this account, worked out for it. */
export interface OfferedOption extends PlanOption {
	readonly product: Product;
}

/** A product that is not for this account now, and every reason why. */
export interface ClosedOption {
	readonly product: Product;
	readonly because: readonly (Ineligibility | QuoteRefusal)[];
}

/** What is on offer for an account today. Where `options` is empty the application still needs a person. */
export interface PlanOptions {
	readonly account: QuotedAccount;
	readonly options: readonly OfferedOption[];
	readonly closed: readonly ClosedOption[];
	/** The account's history behind the figures. */
	readonly state: SoundAccount;
}

/** Every product on offer, worked out for the account or with the reason why it is not for it. */
export async function listOptions(
	db: DbOrTrx,
	request: OptionsRequest,
): Promise<({ ok: true } & PlanOptions) | { ok: false; refusal: 'not_found' | 'being_checked' }> {
	const state = await findOwnAccountState(db, request.owner);
	if (!state) return { ok: false, refusal: 'not_found' };
	if (state.beingChecked) return { ok: false, refusal: 'being_checked' };
	const ordinary = quotedAccount(state, request.today);
	const account = { ...ordinary, firstDueDate: request.firstDueDate ?? ordinary.firstDueDate };
	const situation = situationOf(account, request);
	const options: OfferedOption[] = [];
	const closed: ClosedOption[] = [];
	for (const product of await listOfferedProducts(db)) {
		// The paper can follow (domain/application/submission), so its absence closes nothing here.
		const because = ineligibilities(product.eligibility, situation).filter((why) => why !== 'evidence_missing');
		const worked = because.length > 0 ? undefined : workOut(product, account, request);
		if (worked?.ok) options.push({ product, ...worked.option });
		else closed.push({ product, because: worked ? [worked.refusal] : because });
	}
	return { ok: true, account, options: options.sort(bestFirst), closed, state };
}

const FITS: readonly Fit[] = ['fits', 'unknown', 'tight', 'too_much'];

/** What fits the budget comes first, and of that what costs least. */
function bestFirst(a: OfferedOption, b: OfferedOption): number {
	return FITS.indexOf(a.fit) - FITS.indexOf(b.fit) || a.quote.totalCost - b.quote.totalCost;
}

/** What eligibility is judged on, for an account on a day. */
export function situationOf(
	{ figures }: QuotedAccount,
	{ reason, evidence }: Pick<OptionsRequest, 'reason' | 'evidence'>,
): Situation {
	return { daysPastDue: figures.daysPastDue, amount: figures.totalOutstanding, reason, evidence };
}

function workOut(product: Product, account: QuotedAccount, { picks, mostMonthly, surplus }: OptionsRequest) {
	const pick = Object.hasOwn(picks, product.code) ? picks[product.code] : undefined;
	return workOutOption(product, account, { pick, mostMonthly, surplus });
}
