import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { Day } from '#lib/domain/day.ts';
import type { AccountBeingChecked } from '#lib/server/account/account-state.ts';
import { writeOwed } from '#lib/server/account/write-owed.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { progress, refuse } from '../terminal.ts';

/** Writes every account's figures into a file, which appears when it is whole; an account being checked is refused. */
export async function owedByAll(db: Db, { asOf, path }: { asOf: Day; path: string }): Promise<void> {
	// A pipe or a device cannot be put in place afterwards, and is written as it stands.
	const isFile = (await stat(path).catch(() => undefined))?.isFile() ?? true;
	const draft = isFile ? `${path}.part` : path;
	const to = createWriteStream(draft);
	const done = finished(to);
	done.catch(() => undefined);
	const bar = progress();
	try {
		await Promise.race([
			writeOwed(db, {
				asOf,
				to,
				onBeingChecked: refuseAccount,
				onProgress: (accounts) => {
					bar.show(`${String(accounts)} accounts`);
				},
			}),
			// Only where it fails: it is ended below.
			done,
		]);
		to.end();
		await done;
		if (isFile) await rename(draft, path);
	} catch (error) {
		to.destroy();
		if (isFile) await rm(draft, { force: true });
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
		refuse(`${path}: ${message}`);
	} finally {
		bar.end();
	}
}

/** Says why an account has no figures. */
export function refuseAccount({ accountId, faults }: AccountBeingChecked): void {
	refuse(...faults.map(({ fault, detail }) => `account ${accountId} is being checked: ${fault}, ${detail}`));
}
