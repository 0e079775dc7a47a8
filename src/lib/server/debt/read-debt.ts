import { ledger, type Ledger } from '#lib/domain/account/ledger.ts';
import type { Owed } from '#lib/domain/account/owed.ts';
import { type Payoff, payoff } from '#lib/domain/account/payoff.ts';
import { addDays } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { findOwnAccountState, readOwed } from '#lib/server/account/account-state.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** What one account owes, as its holder is told. */
export interface Debt {
	readonly accountId: string;
	readonly cardLast4: string;
	/** Whether its holder has other accounts. */
	readonly hasOthers: boolean;
	readonly currency: string;
	readonly today: Owed;
	readonly tomorrow: Owed;
	/** Tomorrow's total less today's: a grace that ends overnight makes it far more than a day's interest. */
	readonly addedByTomorrow: Minor;
	/** Every figure of today opened into its lines. */
	readonly why: Ledger;
	readonly payoff: Payoff;
	/** Of the newest statement. */
	readonly nextDueDate: Day | undefined;
}

/** The debt, or that the account is being checked, in which case no figure is shown. */
export type ReadDebt =
	| { readonly ok: true; readonly debt: Debt }
	| { readonly ok: false; readonly refusal: 'being_checked'; readonly cardLast4: string; readonly hasOthers: boolean }
	| { readonly ok: false; readonly refusal: 'not_found' };

/** What the owner's account owes today and will tomorrow, if nothing is posted until then. Another's is not found. */
export async function readDebt(
	db: DbOrTrx,
	{ owner, today }: { owner: { cardholderId: string; accountId: string }; today: Day },
): Promise<ReadDebt> {
	const state = await findOwnAccountState(db, owner);
	if (!state) return { ok: false, refusal: 'not_found' };
	const { accountId, cardLast4, hasOthers } = state;
	if (state.beingChecked) return { ok: false, refusal: 'being_checked', cardLast4, hasOthers };
	const { history, timeline, currency } = state;
	const why = ledger(history, timeline, today);
	const tomorrow = readOwed(state, addDays(today, 1));
	const nextDueDate = why.statements.map(({ dueDate }) => dueDate).findLast((dueDate) => dueDate >= today);
	return {
		ok: true,
		debt: {
			accountId,
			cardLast4,
			hasOthers,
			currency: currency.code,
			today: why.figures,
			tomorrow,
			addedByTomorrow: tomorrow.totalOutstanding - why.figures.totalOutstanding,
			why,
			payoff: payoff(history, timeline, today),
			nextDueDate,
		},
	};
}
