import type { Command } from 'commander';
import { createAccessLink } from '#lib/server/access/create-access-link.ts';
import { findAccountState } from '#lib/server/account/account-state.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { print, refuse } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

export function addLink(program: Command): void {
	program
		.command('link')
		.description('make an access link, queue the message that carries it, and print its address')
		.requiredOption('--account <ID>', "the account's earlier link dies")
		.action(({ account }: { account: string }) => withDatabase((db) => link(db, account), ['ORIGIN', 'SECRET_KEY']));
}

async function link(db: Db, accountId: string): Promise<void> {
	if (!(await findAccountState(db, accountId))) return refuse(`account ${accountId}: there is no such account`);
	const actor = { kind: 'command', id: null } as const;
	const { url } = await db
		.transaction()
		.execute((trx) => createAccessLink(trx, { accountId, actor, template: 'reminder' }));
	await print(`${url}\n`);
}
