import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect } from 'vitest';
import { openEmbedded, type Embedded } from '#lib/server/db/embedded/open-embedded.ts';
import { isAlive } from '#lib/server/db/embedded/processes.ts';
import { startProcess, type Running } from './process.ts';

/** A temporary folder for clusters of a test file's own, with whatever runs in it stopped at the end. */
export interface EmbeddedLab {
	/** A path in the folder. */
	path(...parts: string[]): string;
	/** Opens the cluster of a directory in this process. */
	open(directory: string, durable?: boolean): Promise<Embedded>;
	/** Opens it in an application of its own, which writes the note as a row and holds on. */
	hold(directory: string, note: string): Promise<Running & { readonly how: string }>;
}

/** Call at the top of a test file. */
export function useEmbeddedLab(): EmbeddedLab {
	let folder = '';
	const running: Running[] = [];
	const opened: Embedded[] = [];
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'portal-embedded-'));
		// As root, PostgreSQL's account passes through here.
		await chmod(folder, 0o755);
	});
	afterAll(async () => {
		for (const each of running) await each.stop();
		for (const each of opened) await each.close();
		await rm(folder, { recursive: true, force: true });
	});
	return {
		path: (...parts) => join(folder, ...parts),
		async open(directory, durable = true) {
			const embedded = await openEmbedded({ directory, durable });
			opened.push(embedded);
			return embedded;
		},
		async hold(directory, note) {
			const application = startProcess(process.execPath, ['tests/support/hold-embedded.ts', directory, note]);
			running.push(application);
			return { ...application, how: await application.line(/^open/) };
		},
	};
}

/** The values of a query's rows, one after another, on a connection of its own. */
export async function query(embedded: Embedded, text: string): Promise<unknown[]> {
	const client = new pg.Client(embedded.connection);
	// Some tests kill the server under it.
	client.on('error', () => undefined);
	await client.connect();
	try {
		const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' });
		return rows.flat();
	} finally {
		await client.end();
	}
}

/** The process that serves the cluster of a directory. */
export async function postmasterOf(directory: string): Promise<number | undefined> {
	const file = await readFile(join(directory, 'postgres', 'data', 'postmaster.pid'), 'utf8').catch(() => undefined);
	return file === undefined ? undefined : Number(file.split('\n')[0]);
}

/** Waits until a process that is no child of ours has ended. */
export async function gone(pid: number | undefined): Promise<void> {
	await expect.poll(() => pid !== undefined && isAlive(pid), { timeout: 20_000 }).toBe(false);
}

/** Kills the server of a directory as a crash of the machine would, and waits until it is gone. */
export async function killServer(directory: string): Promise<void> {
	const pid = await postmasterOf(directory);
	if (pid === undefined) throw new Error(`no server runs for ${directory}`);
	process.kill(pid, 'SIGKILL');
	await gone(pid);
}
