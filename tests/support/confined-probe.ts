/** What a broken decoder might try, told by the first letter of its message; it answers what came of it. */
import { spawnSync } from 'node:child_process';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';

const DEEDS: Readonly<Record<string, (path: string) => unknown>> = {
	read: (path) => readFileSync(path).length,
	write: (path) => writeFileSync(path, 'x'),
	start: (path) => {
		const { error, status } = spawnSync(path);
		if (error) throw error;
		return status;
	},
	environment: () => Object.keys(process.env).sort().join(),
	memory: () => {
		const held = [];
		for (let taken = 0; taken < 200; taken++) held.push(Buffer.alloc(64 * 1024 * 1024, 1));
		return held.length;
	},
	// A hole as wide as a disk: it takes no place, and the limit is of the size.
	large: (path) => truncateSync(path, 1_000_000_000),
	thread: () => new Worker('', { eval: true }).threadId,
	forever: () => {
		for (;;);
	},
	network: (port) =>
		new Promise((resolve, reject) => {
			connect(Number(port), '127.0.0.1', () => resolve('reached')).once('error', reject);
		}),
};

process.once('message', ([deed, path]: [string, string]) => {
	Promise.resolve()
		.then(() => DEEDS[deed]?.(path))
		.then(
			(done) => process.send?.({ done: done ?? null }),
			(fault: NodeJS.ErrnoException) => process.send?.({ refused: fault.code }),
		);
});
