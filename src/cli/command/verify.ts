import type { Command } from 'commander';
import { today } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { verifyDatabase } from '#lib/server/verify/verify-database.ts';
import { print, refuse } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

export function addVerify(program: Command): void {
	program
		.command('verify')
		.description('check every promise on the live database: states, owners, messages, quotes, sums')
		.action(() => withDatabase(verify));
}

async function verify(db: Db): Promise<void> {
	let breaches = 0;
	for await (const { promise, record } of verifyDatabase(db, today())) {
		breaches += 1;
		refuse(`${record}: broken is "${promise}"`);
	}
	if (breaches === 0) await print('Every promise is kept.\n');
	else refuse(`${String(breaches)} breaches`);
}
