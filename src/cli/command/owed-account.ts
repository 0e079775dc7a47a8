import { ledger } from '#lib/domain/account/ledger.ts';
import { ledgerJson } from '#lib/domain/account/ledger-json.ts';
import type { Day } from '#lib/domain/day.ts';
import { findAccountState } from '#lib/server/account/account-state.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { print, refuse } from '../terminal.ts';
import { ledgerText } from './ledger-text.ts';
import { refuseAccount } from '../write-accounts.ts';

/** Prints what one account owes, opened into its lines. */
export async function owedByAccount(
	db: Db,
	{ accountId, asOf, json }: { accountId: string; asOf: Day; json: boolean },
): Promise<void> {
	const state = await findAccountState(db, accountId);
	if (!state) return refuse(`account ${accountId}: there is no such account`);
	if (state.beingChecked) return refuseAccount(state);
	const opened = ledger(state.history, state.timeline, asOf);
	await print(
		json ? `${JSON.stringify(ledgerJson(opened, state.currency))}\n` : ledgerText(accountId, opened, state.currency),
	);
}
