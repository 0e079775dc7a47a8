import { availableParallelism } from 'node:os';
import type { Writable } from 'node:stream';
import { type AccountJob, jobHeader } from '#lib/server/account/account-job.ts';
import { listPolicyRows } from '#lib/server/account/account.repository.ts';
import type { AccountRange } from '#lib/server/account/account-range.repository.ts';
import { findRangeEnd, inSharedSnapshot } from '#lib/server/account/account-snapshot.repository.ts';
import { type PassedOver, type RangeResult, RangeWorker } from '#lib/server/account/range-worker.ts';
import { connect, type Trx } from '#lib/server/db/connect.ts';

/** So many accounts are one piece of work: large enough to be worth the asking, small enough to hold many in memory. */
const ACCOUNTS_A_RANGE = 1000;

/** Each thread needs some 60 MB and keeps a database process busy beside it, so more would only wait. */
const MOST_WORKERS = 4;

/** A range that is being worked on and one that waits: no thread is idle while another's answer is written. */
const RANGES_A_WORKER = 2;

export interface AccountsRun {
	readonly connectionString: string;
	readonly job: AccountJob;
	readonly to: Writable;
	/** Told of each account that is being checked: it has no line, since no figure of it is to be trusted. */
	readonly onBeingChecked: (account: PassedOver) => void;
	readonly onProgress?: (accounts: number) => void;
	/** How many threads at most; by the machine's cores unless told. */
	readonly workers?: number;
	readonly accountsARange?: number;
}

/** How many accounts a run took, and how many lines it wrote. */
export interface AccountsRunCounts {
	readonly accounts: number;
	readonly lines: number;
	readonly beingChecked: number;
}

/**
 * Runs a job over every account and writes its file: a header, then the accounts' lines in the database's order of ids. All
 * of it is one view of the database. Worker threads take ranges of accounts, as many at a time as there are cores; memory does
 * not grow with the number of accounts.
 */
export async function runOverAccounts(run: AccountsRun): Promise<AccountsRunCounts> {
	const db = connect({ connectionString: run.connectionString, max: 1, identity: 'system' });
	const workers: RangeWorker[] = [];
	try {
		return await inSharedSnapshot(db, async (trx, snapshot) => {
			const { connectionString, job } = run;
			const data = { connectionString, snapshot, job, policies: await listPolicyRows(trx) };
			const counts = await takeAll(trx, run, workers, () => new RangeWorker(data));
			await Promise.all(workers.splice(0).map((worker) => worker.end()));
			return counts;
		});
	} finally {
		await Promise.all(workers.map((worker) => worker.stop()));
		await db.destroy();
	}
}

async function takeAll(
	trx: Trx,
	run: AccountsRun,
	workers: RangeWorker[],
	start: () => RangeWorker,
): Promise<AccountsRunCounts> {
	const most = run.workers ?? Math.min(MOST_WORKERS, availableParallelism());
	const counts = { accounts: 0, lines: 0, beingChecked: 0 };
	const underWay: Promise<RangeResult>[] = [];
	const take = async (result: RangeResult | undefined) => {
		if (!result) return;
		counts.accounts += result.accounts;
		counts.lines += result.lines;
		counts.beingChecked += result.beingChecked.length;
		result.beingChecked.forEach(run.onBeingChecked);
		if (result.text.length > 0) await write(run.to, result.text);
		run.onProgress?.(counts.accounts);
	};
	await write(run.to, jobHeader(run.job));
	for await (const range of listRanges(trx, run.accountsARange ?? ACCOUNTS_A_RANGE)) {
		if (underWay.length >= most * RANGES_A_WORKER) await take(await underWay.shift());
		let free = workers.reduce<RangeWorker | undefined>(
			(least, worker) => (least && least.outstanding <= worker.outstanding ? least : worker),
			undefined,
		);
		if (workers.length < most && (!free || free.outstanding > 0)) {
			free = start();
			workers.push(free);
		}
		if (free) underWay.push(free.run(range));
	}
	for (const result of underWay) await take(await result);
	return counts;
}

async function* listRanges(trx: Trx, accounts: number): AsyncGenerator<AccountRange> {
	let after: string | undefined;
	do {
		const upTo = await findRangeEnd(trx, after, accounts);
		yield { after, upTo };
		after = upTo;
	} while (after !== undefined);
}

/** Waits until the text is written, so that no more than that is held; fails where the stream has failed. */
function write(to: Writable, text: string | Uint8Array): Promise<void> {
	return new Promise((resolve, reject) => {
		to.write(text, (error) => {
			if (error) reject(error);
			else resolve();
		});
	});
}
