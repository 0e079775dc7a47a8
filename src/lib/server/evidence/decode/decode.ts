import type { DecodeJob, Decoded } from '#lib/server/evidence/decode/job.ts';
import { spawnConfined } from '#lib/server/evidence/decode/spawn-confined.ts';

const CHILD = 'src/lib/server/evidence/decode/decode-child.ts';
const PATIENCE_MS = 30_000;
/** Each may take much memory for a moment: few run at once. */
const AT_ONCE = 2;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Decodes a file in a confined process of its own. A process that dies, wants too much or takes too long has found the file
 * unreadable; whatever a file does to its decoder, the next one meets a fresh process.
 */
export async function decode(job: DecodeJob): Promise<Decoded> {
	if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
	running += 1;
	try {
		return await runChild(job);
	} finally {
		running -= 1;
		waiting.shift()?.();
	}
}

function runChild(job: DecodeJob): Promise<Decoded> {
	const child = spawnConfined(CHILD, filesOf(job));
	return new Promise((resolve) => {
		let decoded: Decoded = { ok: false, refusal: 'unreadable' };
		const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
		child.once('message', (answer) => {
			decoded = answer as Decoded;
		});
		const finish = () => {
			clearTimeout(impatience);
			resolve(decoded);
		};
		// A process that could not be started has no end.
		child.once('error', finish);
		child.once('close', finish);
		child.send(job, () => undefined);
	});
}

function filesOf(job: DecodeJob): string[] {
	switch (job.kind) {
		case 'image':
			return [job.source, job.whole, job.thumbnail];
		case 'pdf':
			return [job.source, job.thumbnail];
		case 'pdf-page':
			return [job.source, job.picture];
	}
}
