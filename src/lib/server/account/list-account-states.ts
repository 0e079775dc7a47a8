import { type AccountState, assembleAccount, readPolicyBook } from '#lib/server/account/account-state.ts';
import { listAccountRowsAfter, listAccountRowsOf } from '#lib/server/account/account.repository.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** So many accounts are in memory at a time, and as many on their way. */
const BATCH = 1000;

/** Every account in the order of ids, however many there are; the next ones are fetched while these are worked on. */
export async function* listAccountStates(db: DbOrTrx): AsyncGenerator<AccountState> {
	const policies = await readPolicyBook(db);
	let coming = listAccountRowsAfter(db, '', BATCH);
	for (;;) {
		const rows = await coming;
		const last = rows.at(-1);
		if (!last) return;
		coming = listAccountRowsAfter(db, last.accountId, BATCH);
		// Whoever stops in the middle leaves a batch that nobody awaits.
		coming.catch(() => undefined);
		for (const row of rows) yield assembleAccount(row, policies);
	}
}

/** The accounts of these ids by id, in one query: for as many as are to be in memory together. */
export async function accountStatesOf(
	db: DbOrTrx,
	accountIds: readonly string[],
): Promise<ReadonlyMap<string, AccountState>> {
	const rows = await listAccountRowsOf(db, accountIds);
	const policies = await readPolicyBook(db);
	return new Map(rows.map((row) => [row.accountId, assembleAccount(row, policies)]));
}
