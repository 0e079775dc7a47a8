import type { Prepared } from './prepare-picture.ts';
import type { FromWorker, ToWorker } from './prepare.worker.ts';

/** What this browser may be able to decode; of the rest it sends the original. */
const DECODABLE = /^image\/(jpeg|png|webp|heic|heif)$/;

const waiting = new Map<number, (prepared: Prepared | null) => void>();
let worker: Worker | null | undefined;
let last = 0;

/**
 * A chosen file as it is to be sent, with what is to be said about it. Where this browser has no worker, or cannot decode the
 * file there, the file itself without advice. Never rejects.
 */
export async function prepare(file: Blob): Promise<Prepared> {
	const original = { blob: file, advice: [] };
	const hand = DECODABLE.test(file.type) ? getWorker() : null;
	if (!hand) return original;
	const prepared = await new Promise<Prepared | null>((resolve) => {
		last += 1;
		waiting.set(last, resolve);
		hand.postMessage({ id: last, file } satisfies ToWorker);
	});
	return prepared ?? original;
}

function getWorker(): Worker | null {
	if (worker === undefined) worker = startWorker();
	return worker;
}

function startWorker(): Worker | null {
	try {
		if (typeof OffscreenCanvas === 'undefined' || typeof createImageBitmap === 'undefined') return null;
		const started = new Worker(new URL('./prepare.worker.ts', import.meta.url), { type: 'module' });
		started.addEventListener('message', ({ data: { id, prepared } }: MessageEvent<FromWorker>) => {
			waiting.get(id)?.(prepared);
			waiting.delete(id);
		});
		// A worker that cannot start, or ran out of memory, answers nobody any more.
		started.addEventListener('error', giveUp);
		return started;
	} catch {
		return null;
	}
}

function giveUp(): void {
	worker?.terminate();
	worker = null;
	for (const resolve of waiting.values()) resolve(null);
	waiting.clear();
}
