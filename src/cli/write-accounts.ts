import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { AccountJob } from '#lib/server/account/account-job.ts';
import type { AccountFault } from '#lib/server/account/judge-history.ts';
import { type AccountsRunCounts, runOverAccounts } from '#lib/server/account/run-over-accounts.ts';
import { env } from '#lib/server/env.ts';
import { progress, refuse } from './terminal.ts';

/**
 * Runs a job over all accounts into a file, which appears when it is whole. Accounts that are being checked are refused, with
 * their reasons, and left out; the file holds all the others. Undefined where the file cannot be written, which has been told.
 */
export async function writeAccounts(job: AccountJob, path: string): Promise<AccountsRunCounts | undefined> {
	// A pipe or a device cannot be put in place afterwards, and is written as it stands.
	const isFile = (await stat(path).catch(() => undefined))?.isFile() ?? true;
	const draft = isFile ? `${path}.part` : path;
	const to = createWriteStream(draft);
	const done = finished(to);
	done.catch(() => undefined);
	try {
		const counts = await runTo(job, to);
		to.end();
		await done;
		if (isFile) await rename(draft, path);
		return counts;
	} catch (error) {
		to.destroy();
		if (isFile) await rm(draft, { force: true });
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
		refuse(`${path}: ${message}`);
		return undefined;
	}
}

/** The same to standard output. */
export function printAccounts(job: AccountJob): Promise<AccountsRunCounts> {
	return runTo(job, process.stdout);
}

async function runTo(job: AccountJob, to: Writable): Promise<AccountsRunCounts> {
	const bar = progress();
	try {
		return await runOverAccounts({
			connectionString: env().databaseUrl ?? '',
			job,
			to,
			onBeingChecked: refuseAccount,
			onProgress: (accounts) => {
				bar.show(`${String(accounts)} accounts`);
			},
		});
	} finally {
		bar.end();
	}
}

/** Says why an account has no figures. */
export function refuseAccount(account: { accountId: string; faults: readonly AccountFault[] }): void {
	const { accountId, faults } = account;
	refuse(...faults.map(({ fault, detail }) => `account ${accountId} is being checked: ${fault}, ${detail}`));
}
