import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '#lib/server/db/embedded/processes.ts';

/** A server that runs on the demo's folder. */
export interface RunningServer {
	readonly pid: number;
	readonly origin: string;
}

const NAME = 'server.json';

/** Notes for other processes where this one serves. */
export function noteServer(folder: string, origin: string): void {
	const file = join(folder, NAME);
	// What another user left there can be removed, though not written.
	rmSync(file, { force: true });
	writeFileSync(file, JSON.stringify({ pid: process.pid, origin }));
}

/** The server that was noted last, if it still runs. */
export function runningServer(folder: string): RunningServer | undefined {
	try {
		const noted = JSON.parse(readFileSync(join(folder, NAME), 'utf8')) as RunningServer;
		return isAlive(noted.pid) ? noted : undefined;
	} catch {
		return undefined;
	}
}

/** Takes the note back, unless another server has noted itself since. */
export function forgetServer(folder: string): void {
	if (runningServer(folder)?.pid === process.pid) rmSync(join(folder, NAME), { force: true });
}
