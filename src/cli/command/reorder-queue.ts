import type { Command } from 'commander';
import type { Db } from '#lib/server/db/connect.ts';
import { reorderQueue } from '#lib/server/review/reorder-queue.ts';
import { print } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

export function addReorderQueue(program: Command): void {
	program
		.command('reorder-queue')
		.description('put every waiting application where it belongs by the queue’s policy as it is now')
		.action(() => withDatabase(reorder));
}

async function reorder(db: Db): Promise<void> {
	const { open, moved } = await reorderQueue(db, { actor: { kind: 'command', id: null } });
	await print(`${String(moved)} of ${String(open)} applications have another place in the queue\n`);
}
