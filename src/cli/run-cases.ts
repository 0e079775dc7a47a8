import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { print, refuse } from './terminal.ts';

/** What came of one line of a case file. */
export type CaseOutcome =
	{ readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly problems: readonly unknown[] };

/**
 * Runs the cases of a file, one JSON value a line, and prints one JSON line for each, in order, as they come. A line that
 * is refused is told on standard error, and has a line `{"refused": …}` in its place.
 */
export async function runCases(path: string, run: (line: unknown) => CaseOutcome): Promise<void> {
	if (!(await stat(path).catch(() => undefined))) return refuse(`${path}: there is no such file`);
	let number = 0;
	for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
		number += 1;
		if (text.trim() === '') continue;
		const outcome = runLine(text, run);
		if (!outcome.ok)
			refuse(...outcome.problems.map((problem) => `${path} line ${String(number)}: ${JSON.stringify(problem)}`));
		await print(`${JSON.stringify(outcome.ok ? outcome.output : { refused: outcome.problems })}\n`);
	}
}

function runLine(text: string, run: (line: unknown) => CaseOutcome): CaseOutcome {
	let line: unknown;
	try {
		line = JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		return { ok: false, problems: [{ problem: 'not_json' }] };
	}
	return run(line);
}
