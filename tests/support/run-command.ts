import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The top folder of the project. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** How a command ended, and what it printed unless it printed to the terminal itself. */
export interface CommandResult {
	readonly code: number;
	readonly output: string;
}

const running = new Set<ChildProcess>();
let interrupted = false;

/**
 * Runs a Node script of a package or of ours, from the project's top folder.
 *
 * @param live print as it comes rather than keep it; for a stage that runs alone
 */
export async function runNode(
	args: readonly string[],
	options: { live?: boolean; env?: Readonly<Record<string, string>> } = {},
): Promise<CommandResult> {
	if (interrupted) return { code: 130, output: 'interrupted' };
	const child = spawn(process.execPath, args, {
		cwd: ROOT,
		stdio: options.live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, ...options.env },
	});
	running.add(child);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
	}
	const [code] = (await once(child, 'close')) as [number | null];
	running.delete(child);
	return { code: code ?? 1, output };
}

/** Ends whatever runs when the run itself is told to end; what was not reached is not reported. */
export function endWithSignals(): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			interrupted = true;
			for (const child of running) child.kill(signal);
			console.error('Interrupted.');
			// The children clear away their databases and servers.
			void Promise.all([...running].map((child) => once(child, 'close'))).then(() => process.exit(130));
		});
	}
}
