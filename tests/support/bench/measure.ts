import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { ROOT } from '../run-command.ts';

/** What a command took. CPU time includes the database's; on systems without /proc it is NaN, and the memory 0. */
export interface Measured {
	readonly seconds: number;
	readonly cpuSeconds: number;
	/** The command's own largest resident memory. */
	readonly peakMegabytes: number;
}

/** Linux counts processor time in hundredths of a second. */
const TICKS = 100;

/** Runs a command to its end and measures it. What it prints is kept, and shown where it fails. */
export async function measure(
	command: readonly [string, ...string[]],
	options: { postmaster: number; env?: Readonly<Record<string, string>>; input?: string },
): Promise<Measured> {
	const [program, ...args] = command;
	const cpuBefore = cpuTicks(options.postmaster);
	const started = performance.now();
	const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...options.env } });
	let output = '';
	child.stdout.resume();
	child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
	child.stdin.end(options.input ?? '');
	let peak = 0;
	const watch = setInterval(() => (peak = Math.max(peak, peakOf(child.pid))), 20);
	const [code] = (await once(child, 'close')) as [number | null];
	const seconds = (performance.now() - started) / 1000;
	clearInterval(watch);
	// Its server process is counted in full once the postmaster has seen it end.
	await setTimeout(200);
	if (code !== 0) throw new Error(`${command.join(' ')} ended with ${String(code)}:\n${output}`);
	const cpuSeconds = (cpuTicks(options.postmaster) - cpuBefore) / TICKS;
	return { seconds, cpuSeconds, peakMegabytes: peak / 1024 };
}

/** The processor time that a process of ours has used so far, in seconds; NaN on systems without /proc. */
export function cpuSecondsOf(pid: number): number {
	return statOf(pid).own / TICKS || NaN;
}

/** Of our ended children and of every process of the database's, ended or not. */
function cpuTicks(postmaster: number): number {
	try {
		const ofOurs = statOf(process.pid).ofChildren;
		const server = statOf(postmaster);
		const backends = readdirSync('/proc')
			.filter((name) => /^\d+$/.test(name))
			.map((name) => statOf(Number(name)))
			.filter(({ parent }) => parent === postmaster);
		return ofOurs + server.own + server.ofChildren + backends.reduce((sum, { own }) => sum + own, 0);
	} catch {
		return NaN;
	}
}

/** In clock ticks, user and system time together; nought for a process that has just ended. */
function statOf(pid: number): { parent: number; own: number; ofChildren: number } {
	const text = read(`/proc/${String(pid)}/stat`);
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	const [parent, user, system, childUser, childSystem] = [1, 11, 12, 13, 14].map((index) => Number(fields[index] ?? 0));
	return { parent: parent ?? 0, own: (user ?? 0) + (system ?? 0), ofChildren: (childUser ?? 0) + (childSystem ?? 0) };
}

/** The kernel keeps the high-water mark itself, so looking now and then misses little. */
function peakOf(pid: number | undefined): number {
	return Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${String(pid)}/status`))?.[1] ?? 0);
}

function read(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}
