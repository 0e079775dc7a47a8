import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { noteBuilt, sourcesDigest } from './build-state.js';
import { ROOT } from './demo-environment.ts';

/** How a build went: what it printed, and whether it is whole. */
export interface BuildOutcome {
	readonly ok: boolean;
	readonly output: string;
}

/** Builds the application for production into `build/`. */
export async function build(): Promise<BuildOutcome> {
	const digest = sourcesDigest();
	const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
	const child = spawn(process.execPath, [vite, 'build'], {
		cwd: ROOT,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, NODE_ENV: 'production' },
	});
	// A start that is broken off takes its build along.
	const stop = () => child.kill();
	process.once('exit', stop);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => (output += text));
	}
	const [code] = (await once(child, 'close')) as [number | null];
	process.off('exit', stop);
	if (code === 0) noteBuilt(digest);
	return { ok: code === 0, output };
}
