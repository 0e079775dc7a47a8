import type { Day } from '#lib/domain/day.ts';
import { findOwnAccountState, type SoundAccount } from '#lib/server/account/account-state.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** Whose account, and the business day. */
export interface DebtRequest {
	readonly owner: { readonly cardholderId: string; readonly accountId: string };
	readonly today: Day;
}

/** Why nothing is shown: the account is being checked, or it is not the owner's. */
export type DebtRefusal =
	| { readonly ok: false; readonly refusal: 'being_checked'; readonly cardLast4: string }
	| { readonly ok: false; readonly refusal: 'not_found' };

/** The owner's account where its figures can be shown. */
export async function findSoundAccount(
	db: DbOrTrx,
	owner: DebtRequest['owner'],
): Promise<{ readonly ok: true; readonly account: SoundAccount } | DebtRefusal> {
	const account = await findOwnAccountState(db, owner);
	if (!account) return { ok: false, refusal: 'not_found' };
	if (account.beingChecked) return { ok: false, refusal: 'being_checked', cardLast4: account.cardLast4 };
	return { ok: true, account };
}
