import type { Day } from '#lib/domain/day.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import { EffectTally, type ProductEffect } from '#lib/domain/plan/product-effect.ts';
import { accountStatesOf } from '#lib/server/account/list-account-states.ts';
import type { AccountState } from '#lib/server/account/account-state.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { situationOf } from '#lib/server/plan/list-options.ts';
import { quotedAccount, quoteFor } from '#lib/server/plan/quoted-account.ts';
import { countUnderWay, type DraftRow, listDraftsAfter } from '#lib/server/product/draft.repository.ts';

/** What a change would do today, with the applications on their way that it leaves alone. */
export interface ChangePreview extends ProductEffect {
	/** Drafts whose account is being checked, so that no figure of it can be relied on. */
	readonly beingChecked: number;
	readonly underWay: number;
}

/** So many drafts with their accounts are worked on at a time; between two batches other requests have their turn. */
const BATCH = 200;

/** Before the first id of any draft. */
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Goes through every open draft and works out what a product's change from `before` (the version on offer, null for
 * none) to `after` (null for retiring) would do to it as of today. Two queries a batch, however many there are. It is worked out by the system:
 * an administrator sees how many, and no row of anybody.
 */
export async function previewChange(db: Db, change: Change): Promise<ChangePreview> {
	return runAs('system', () => preview(db, change));
}

interface Change {
	readonly code: string;
	readonly before: Product | null;
	readonly after: Product | null;
	readonly today: Day;
}

async function preview(db: Db, { code, before, after, today }: Change): Promise<ChangePreview> {
	const tally = new EffectTally(before, after);
	let beingChecked = 0;
	for (let last: string | undefined = FIRST; last !== undefined;) {
		const drafts: DraftRow[] = await listDraftsAfter(db, last, BATCH);
		const accounts = await accountStatesOf(db, [...new Set(drafts.map(({ accountId }) => accountId))]);
		for (const draft of drafts) {
			const state = accounts.get(draft.accountId);
			if (!state || state.beingChecked) beingChecked++;
			else judge(tally, { draft, state, code, today });
		}
		last = drafts.length < BATCH ? undefined : drafts.at(-1)?.applicationId;
	}
	return { ...tally.result(), beingChecked, underWay: await countUnderWay(db, code) };
}

function judge(
	tally: EffectTally,
	{
		draft,
		state,
		code,
		today,
	}: { draft: DraftRow; state: Extract<AccountState, { beingChecked: false }>; code: string; today: Day },
): void {
	const account = quotedAccount(state, today);
	const { instalments, deferralMonths } = draft;
	const holds = draft.productCode === code && instalments !== null && deferralMonths !== null;
	tally.add({
		situation: situationOf(account, draft),
		choice: holds ? { instalments, deferralMonths } : null,
		quote: (product, choice) => quoteFor(product, account, choice),
	});
}
