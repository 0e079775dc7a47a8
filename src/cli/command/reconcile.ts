import type { Command } from 'commander';
import { print, refuse, typedPath } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';
import { printAccounts, writeAccounts } from '../write-accounts.ts';

export function addReconcile(program: Command): void {
	program
		.command('reconcile')
		.description("where the core's billing differs from the engine's, statement by statement after an account's first")
		.option('--out <FILE.csv>', 'where the lines go; standard output where it is left out')
		.addHelpText(
			'after',
			'\nThe columns: account_id, statement_date, kind (interest or late_fee), engine, core, difference (core less engine).\n' +
				'Differences are findings and no failure; an account that is being checked is passed over and refused.',
		)
		.action(({ out }: { out?: string }) => withDatabase(() => reconcile(out)));
}

const JOB = { kind: 'reconciliation' } as const;

async function reconcile(out: string | undefined): Promise<void> {
	const counts = out === undefined ? await printAccounts(JOB) : await writeAccounts(JOB, typedPath(out));
	if (!counts) return;
	const { accounts, beingChecked, lines } = counts;
	if (out !== undefined) await print(`${String(lines)} differences in ${String(accounts - beingChecked)} accounts\n`);
	if (beingChecked > 0) refuse(`${String(beingChecked)} accounts are being checked and were passed over.`);
}
