import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';

/** A child process whose output a test reads while it runs. */
export interface Running {
	readonly pid: number;
	/** The first line of standard output, past or to come, that matches; fails with all output when the process ends without it. */
	line(pattern: RegExp): Promise<string>;
	/** All of both streams so far. */
	output(): string;
	/** Settles when the process has ended: its exit code, or null where a signal ended it. */
	readonly ended: Promise<number | null>;
	/** Sends a signal and waits for the end. */
	stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** How a program is started; all that it says goes into the file `copyTo` too. */
export interface ProcessOptions {
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
	readonly uid?: number;
	readonly gid?: number;
	readonly copyTo?: string;
}

/** Starts a program with nothing on its standard input. */
export function startProcess(
	command: string,
	args: readonly string[],
	{ copyTo, ...options }: ProcessOptions = {},
): Running {
	const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
	if (copyTo !== undefined) {
		for (const stream of [child.stdout, child.stderr]) {
			stream.on('data', (bytes: Buffer | string) => appendFileSync(copyTo, bytes));
		}
	}
	let standard = '';
	let all = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		standard += text;
		all += text;
		child.emit('progress');
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => (all += text));
	const ended = end(child);
	return {
		pid: child.pid ?? -1,
		output: () => all,
		ended,
		line: (pattern) => awaitLine(child, pattern, ended, () => ({ standard, all })),
		stop: async (signal = 'SIGTERM') => {
			child.kill(signal);
			return await ended;
		},
	};
}

async function end(child: ChildProcess): Promise<number | null> {
	// 'close' comes after the streams have said everything.
	const [code] = (await once(child, 'close')) as [number | null];
	return code;
}

async function awaitLine(
	child: ChildProcess,
	pattern: RegExp,
	ended: Promise<number | null>,
	output: () => { standard: string; all: string },
): Promise<string> {
	let over = false;
	void ended.then(() => (over = true));
	for (;;) {
		const complete = output().standard.split('\n').slice(0, -1);
		const found = complete.find((line) => pattern.test(line));
		if (found !== undefined) return found;
		if (over) throw new Error(`the process ended without a line like ${String(pattern)}:\n${output().all}`);
		await Promise.race([once(child, 'progress'), ended]);
	}
}
