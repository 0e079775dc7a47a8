import type { Command } from 'commander';
import { today } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { loadDemo } from '#lib/server/demo/load-demo.ts';
import { env } from '#lib/server/env.ts';
import { keepDemoStaff } from '../demo-book.ts';
import { print, refuse } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

export function addDemo(program: Command): void {
	program
		.command('demo')
		.description('empty the embedded database and make the demo book afresh, relative to today')
		.action(async () => {
			// Before anything is opened: a real database is never emptied.
			if (process.env.DATABASE_URL) return refuse('DATABASE_URL is set: the demo is for the embedded database alone');
			await withDatabase((db, { own }) => demo(db, own), [], 'owner');
		});
}

async function demo(db: Db, own: boolean): Promise<void> {
	const { staff, first, customers } = await loadDemo(db, { today: today() });
	if (own) keepDemoStaff(staff);
	const accounts = customers.flatMap((customer) => customer.accounts).length;
	await print(`${String(accounts)} accounts as of ${today()}. Staff sign in at ${env().origin}/staff/sign-in:\n`);
	for (const { role, login, password, totpSecret } of staff) {
		await print(`  ${role.padEnd(12)}${login.padEnd(8)}${password.padEnd(24)}${totpSecret}\n`);
	}
	await print('Cardholders to try first (phone, last four of card and of ID number):\n');
	for (const { name, phone, idLast4, accounts: of } of first) {
		await print(`  ${of[0]?.accountId ?? ''}  ${phone}  ${of[0]?.cardLast4 ?? ''}  ${idLast4}  ${name}\n`);
	}
	await print(`A link to the first: npm run -s portal -- link --account ${first[0]?.accounts[0]?.accountId ?? ''}\n`);
}
