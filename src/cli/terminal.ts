import { once } from 'node:events';
import { resolve } from 'node:path';

/** Says on standard error what was refused, where and why, a line each; the command then ends with exit code 1. */
export function refuse(...lines: readonly string[]): void {
	for (const line of lines) console.error(line);
	process.exitCode = 1;
}

/** Writes to standard output, waiting while whoever reads it is slower. */
export async function print(text: string): Promise<void> {
	if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Ends the process quietly where the reader of standard output has gone, as `head` does. */
export function endWithReader(): void {
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		process.exit(error.code === 'EPIPE' ? 0 : 1);
	});
}

/** A path as it was typed: npm moves to the project's folder and remembers where its own command was given. */
export function typedPath(path: string): string {
	const { npm_lifecycle_script: script, INIT_CWD: typedIn } = process.env;
	return resolve(script?.includes(' portal') && typedIn ? typedIn : process.cwd(), path);
}

/** A line on a terminal that is written over as the work goes on; nothing in a pipe or a file. */
export interface Progress {
	/** Told often, shown a few times a second. */
	show(line: string): void;
	/** Takes the line away. */
	end(): void;
}

/** Progress on standard error, so that standard output stays the command's own. */
export function progress(): Progress {
	if (!process.stderr.isTTY) return { show: () => undefined, end: () => undefined };
	let shownAt = 0;
	return {
		show(line) {
			if (performance.now() - shownAt < 200) return;
			shownAt = performance.now();
			process.stderr.write(`\r\u001b[K${line}`);
		},
		end() {
			process.stderr.write('\r\u001b[K');
		},
	};
}
