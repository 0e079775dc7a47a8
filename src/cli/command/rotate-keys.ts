import type { Command } from 'commander';
import { rotateKeys } from '#lib/server/evidence/rotate-keys.ts';
import { print, progress, refuse } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

export function addRotateKeys(program: Command): void {
	program
		.command('rotate-keys')
		.description('give the evidence of every application a new key under the master key and encrypt it anew')
		.action(() =>
			withDatabase(
				async (db) => {
					const line = progress();
					const { applications, documents, missing } = await rotateKeys(db, {
						progress: (so) => line.show(`${String(so.applications)} applications, ${String(so.documents)} documents`),
					});
					line.end();
					for (const id of missing) refuse(`document ${id}: its bytes are not there`);
					await print(
						`New keys for ${String(applications)} applications, ${String(documents)} documents encrypted anew.\n`,
					);
				},
				['SECRET_KEY'],
			),
		);
}
