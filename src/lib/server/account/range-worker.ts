import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { AccountJob } from '#lib/server/account/account-job.ts';
import type { PolicyRow } from '#lib/server/account/account.repository.ts';
import type { AccountRange } from '#lib/server/account/account-range.repository.ts';
import type { AccountFault } from '#lib/server/account/judge-history.ts';

/** What a worker thread is started with. */
export interface RangeWorkerData {
	readonly connectionString: string;
	readonly snapshot: string;
	readonly policies: readonly PolicyRow[];
	readonly job: AccountJob;
}

/** An account that a run has to pass over, and why. */
export interface PassedOver {
	readonly accountId: string;
	readonly faults: readonly AccountFault[];
}

/** What came of a range. */
export interface RangeResult {
	/** The accounts' lines, in their order, in UTF-8. */
	readonly text: Uint8Array;
	readonly lines: number;
	readonly accounts: number;
	/** Accounts that are being checked, and so have no line. */
	readonly beingChecked: readonly PassedOver[];
}

interface Asked {
	readonly resolve: (result: RangeResult) => void;
	readonly reject: (error: unknown) => void;
}

/** A worker thread with a connection of its own, which takes ranges one after another. */
export class RangeWorker {
	readonly #worker: Worker;
	readonly #asked: Asked[] = [];

	constructor(data: RangeWorkerData) {
		this.#worker = new Worker(new URL('./range-worker-thread.ts', import.meta.url), {
			workerData: data,
			// What a range leaves behind is garbage soon: more room would only be memory that is never given back.
			resourceLimits: { maxYoungGenerationSizeMb: 24 },
		});
		this.#worker.on('message', (result: RangeResult) => this.#asked.shift()?.resolve(result));
		this.#worker.on('error', (error) => this.#fail(error));
		this.#worker.on('exit', () => this.#fail(new Error('a worker thread ended too early')));
	}

	/** How many ranges it still has to answer. */
	get outstanding(): number {
		return this.#asked.length;
	}

	/** Hands a range over; answers come in the order in which they were asked for. */
	run(range: AccountRange): Promise<RangeResult> {
		const result = new Promise<RangeResult>((resolve, reject) => this.#asked.push({ resolve, reject }));
		// Another range's failure may end the run before this one is awaited.
		result.catch(() => undefined);
		this.#worker.postMessage(range);
		return result;
	}

	/** Lets it end its transaction and leave. */
	async end(): Promise<void> {
		const gone = once(this.#worker, 'exit');
		this.#worker.postMessage(undefined);
		await gone;
	}

	/** Stops it in the middle of its work. */
	async stop(): Promise<void> {
		await this.#worker.terminate();
	}

	#fail(error: unknown): void {
		for (const { reject } of this.#asked.splice(0)) reject(error);
	}
}
