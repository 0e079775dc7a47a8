import { type BillingDifference, reconcile } from '#lib/domain/account/reconciliation.ts';
import type { Currency } from '#lib/domain/money.ts';
import { findAccountState } from '#lib/server/account/account-state.ts';
import type { AccountFault } from '#lib/server/account/judge-history.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** How an account's statements compare with the engine; nothing can be said of one that is being checked. */
export type Reconciliation =
	| { readonly beingChecked: true; readonly faults: readonly AccountFault[] }
	| {
			readonly beingChecked: false;
			readonly currency: Currency;
			/** How many statements were compared: all but the first. */
			readonly compared: number;
			readonly differences: readonly BillingDifference[];
	  };

/** Where the core's billing of one account differs from the engine's, oldest statement first; for its page for staff. */
export async function readReconciliation(db: DbOrTrx, accountId: string): Promise<Reconciliation | undefined> {
	const state = await findAccountState(db, accountId);
	if (!state) return undefined;
	if (state.beingChecked) return { beingChecked: true, faults: state.faults };
	const { history, timeline, currency } = state;
	const compared = Math.max(0, history.statements.length - 1);
	return { beingChecked: false, currency, compared, differences: reconcile(history, timeline) };
}
