import type { Day } from '#lib/domain/day.ts';
import { refuse } from '../terminal.ts';
import { writeAccounts } from '../write-accounts.ts';

/** Writes every account's figures into a file; an account being checked is refused and has no line. */
export async function owedByAll({ asOf, path }: { asOf: Day; path: string }): Promise<void> {
	const counts = await writeAccounts({ kind: 'owed', asOf }, path);
	if (!counts || counts.beingChecked === 0) return;
	refuse(
		`${String(counts.beingChecked)} accounts are being checked and have no line; ${String(counts.lines)} have theirs.`,
	);
}
