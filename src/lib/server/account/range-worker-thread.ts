/** A worker thread of a run over all accounts: takes ranges until it is told that there are no more. */
import { on } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import type { PolicyBook } from '#lib/domain/account/policy-book.ts';
import { jobLines } from '#lib/server/account/account-job.ts';
import { type AccountRange, readRange } from '#lib/server/account/account-range.repository.ts';
import { policyBookOf } from '#lib/server/account/judge-history.ts';
import { rangeAccounts } from '#lib/server/account/range-accounts.ts';
import type { PassedOver, RangeResult, RangeWorkerData } from '#lib/server/account/range-worker.ts';
import { openSnapshotReader, type SnapshotReader } from '#lib/server/db/snapshot-reader.ts';

const port = parentPort;
if (!port) throw new Error('this is a worker thread');
const { connectionString, snapshot, job, policies } = workerData as RangeWorkerData;
const ranges = on(port, 'message') as AsyncIterable<[AccountRange | undefined]>;
const book = policyBookOf(policies);

const reader = await openSnapshotReader(connectionString, snapshot);
for await (const [range] of ranges) {
	if (!range) break;
	const result = await work(reader, range, book);
	port.postMessage(result, [result.text.buffer as ArrayBuffer]);
}
await reader.close();
port.close();

async function work(reader: SnapshotReader, range: AccountRange, policies: PolicyBook): Promise<RangeResult> {
	const rows = await readRange(reader, range);
	const beingChecked: PassedOver[] = [];
	let text = '';
	let lines = 0;
	let accounts = 0;
	for (const account of rangeAccounts(rows, policies)) {
		accounts += 1;
		if (account.beingChecked) {
			beingChecked.push({ accountId: account.accountId, faults: account.faults });
			continue;
		}
		for (const line of jobLines(job, account)) {
			text += line;
			lines += 1;
		}
	}
	return { text: new TextEncoder().encode(text), lines, accounts, beingChecked };
}
