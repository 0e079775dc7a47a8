import * as v from 'valibot';
import { DECODE_REFUSALS, type DecodeJob, type Decoded, MOST_PAGES } from '#lib/server/evidence/decode/job.ts';
import { spawnConfined } from '#lib/server/evidence/decode/spawn-confined.ts';

const CHILD = 'src/lib/server/evidence/decode/decode-child.ts';
const PATIENCE_MS = 30_000;
/** Each may take much memory for a moment: few run at once. */
const AT_ONCE = 2;

const UNREADABLE: Decoded = { ok: false, refusal: 'unreadable' };

/** What the process may say: a file may have taken it over. */
const Answer = v.fallback(
	v.variant('ok', [
		v.object({ ok: v.literal(true), pages: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_PAGES)) }),
		v.object({ ok: v.literal(false), refusal: v.picklist(DECODE_REFUSALS) }),
	]),
	UNREADABLE,
);

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Decodes a file in a confined process of its own. A process that dies, wants too much or takes too long has found the file
 * unreadable; whatever a file does to its decoder, the next one meets a fresh process.
 *
 * @param script what the process runs, by its place in the project
 */
export async function decode(job: DecodeJob, script = CHILD): Promise<Decoded> {
	if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
	running += 1;
	try {
		return await runChild(job, script);
	} finally {
		running -= 1;
		waiting.shift()?.();
	}
}

function runChild(job: DecodeJob, script: string): Promise<Decoded> {
	const child = spawnConfined(script, filesOf(job));
	return new Promise((resolve) => {
		let decoded = UNREADABLE;
		const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
		child.once('message', (answer) => {
			decoded = v.parse(Answer, answer);
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
