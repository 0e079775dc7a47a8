import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, constants, openSync, statSync } from 'node:fs';
import { link, lstat, mkdir, open, readFile, rename, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { canEnter, runningAs } from '#lib/server/db/embedded/account.ts';
import type { Binaries } from '#lib/server/db/embedded/binaries.ts';
import { EmbeddedDatabaseError } from '#lib/server/db/embedded/embedded-database-error.ts';
import type { Home } from '#lib/server/db/embedded/home.ts';
import { isAlive, isPostmasterOf } from '#lib/server/db/embedded/processes.ts';

/** Names the socket within its folder; nothing listens on a port. */
export const PORT = 5432;

/** A socket's whole path must fit into 104 bytes with its final zero on macOS, 108 on Linux. */
const LONGEST_SOCKET = 103;
const SOCKET_NAME = `/.s.PGSQL.${PORT}`;
const SOCKET_PREFIX = 'repayment-portal-';
const LARGEST_LOG = 10_000_000;

/** What a running PostgreSQL says of itself in postmaster.pid; `sockets` is empty for a moment while it starts. */
export type Postmaster = { pid: number; sockets: string };

/** The postmaster that postmaster.pid names, alive or not. */
export async function readPostmaster(home: Home): Promise<Postmaster | undefined> {
	const text = await readFile(join(home.data, 'postmaster.pid'), 'utf8').catch(() => undefined);
	if (!text) return undefined;
	const lines = text.split('\n');
	// A negative number is written by single-user mode.
	return { pid: Math.abs(Number(lines[0])), sockets: lines[4] ?? '' };
}

/** The live postmaster of this cluster. Clears away what a dead one left. */
export async function findPostmaster(home: Home): Promise<Postmaster | undefined> {
	const named = await readPostmaster(home);
	if (!named || isPostmasterOf(named.pid, home.data)) return named;
	const folder = named.sockets;
	// PostgreSQL itself takes over from a dead postmaster, but not when its number lives on as another process.
	if (isAlive(named.pid)) await setAside(home, named);
	if (basename(folder).startsWith(SOCKET_PREFIX)) await rm(folder, { recursive: true, force: true });
	return undefined;
}

async function setAside(home: Home, stale: Postmaster): Promise<void> {
	const file = join(home.data, 'postmaster.pid');
	const aside = `${file}.${process.pid}`;
	try {
		await rename(file, aside);
	} catch {
		return;
	}
	const moved = Number((await readFile(aside, 'utf8')).split('\n')[0]);
	// Another process may have started the server since: then its file goes back at once.
	if (moved === stale.pid) await rm(join(home.folder, 'socket'), { recursive: true, force: true });
	else await link(aside, file).catch(() => undefined);
	await unlink(aside);
}

/** Starts PostgreSQL in a session of its own, so that it outlives this process and no Ctrl-C reaches it. */
export async function startPostmaster(home: Home, binaries: Binaries, durable: boolean): Promise<ChildProcess> {
	const sockets = await makeSocketFolder(home);
	const settings: Record<string, string> = {
		listen_addresses: '',
		port: String(PORT),
		unix_socket_directories: `"${sockets.replaceAll('"', '""')}"`,
		unix_socket_permissions: '0700',
		cluster_name: 'repayment-portal',
		timezone: 'UTC',
		log_timezone: 'UTC',
		wal_level: 'minimal',
		max_wal_senders: '0',
		// Statements and the values in error details would bring personal data into the log.
		log_min_error_statement: 'panic',
		log_error_verbosity: 'terse',
		...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }),
	};
	const choices = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const { O_APPEND, O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY } = constants;
	const begin = isLarge(home.log) ? O_TRUNC : 0;
	const log = openSync(home.log, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | begin, 0o600);
	try {
		const child = spawn(binaries.postgres, ['-D', home.data, ...choices], {
			cwd: home.folder,
			detached: true,
			stdio: ['ignore', log, log],
			env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
			...runningAs(home.account),
		});
		child.unref();
		// Without a listener a failed spawn would end this process; the caller sees that nothing runs.
		child.on('error', () => undefined);
		return child;
	} finally {
		closeSync(log);
	}
}

function isLarge(file: string): boolean {
	return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG;
}

async function makeSocketFolder(home: Home): Promise<string> {
	const inside = join(home.folder, 'socket');
	if (Buffer.byteLength(inside + SOCKET_NAME) <= LONGEST_SOCKET) {
		await mkdir(inside, { recursive: true });
		await giveTo(home, inside);
		return inside;
	}
	const name = SOCKET_PREFIX + createHash('sha256').update(home.folder).digest('hex').slice(0, 16);
	for (const base of [tmpdir(), '/tmp']) {
		const folder = join(base, name);
		if (Buffer.byteLength(folder + SOCKET_NAME) > LONGEST_SOCKET) continue;
		if (home.account.change && !canEnter(home.account, base)) continue;
		await mkdir(folder, { mode: 0o700 }).then(
			() => giveTo(home, folder),
			() => undefined,
		);
		// Anybody can make a folder there: only one that belongs to the account alone will do.
		const found = await lstat(folder);
		if (found.isDirectory() && found.uid === home.account.uid && (found.mode & 0o077) === 0) return folder;
	}
	throw new EmbeddedDatabaseError(`No folder has a path short enough for a socket: set TMPDIR to a shorter one.`);
}

/** Through a handle that follows no link: root trusts nothing in a folder that the account can write to. */
async function giveTo(home: Home, folder: string): Promise<void> {
	const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
	try {
		await handle.chmod(0o700);
		if (home.account.change) await handle.chown(home.account.uid, home.account.gid);
	} finally {
		await handle.close();
	}
}

/** Stops the server, cutting off whoever is still connected, and returns when it is gone. */
export async function stopPostmaster(home: Home, running: Postmaster): Promise<void> {
	for (const [signal, patience] of [
		['SIGINT', 30_000],
		['SIGQUIT', 10_000],
		['SIGKILL', 5_000],
	] as const) {
		if (isPostmasterOf(running.pid, home.data)) process.kill(running.pid, signal);
		for (let waited = 0; waited < patience; waited += 20) {
			if (!isPostmasterOf(running.pid, home.data)) {
				if (basename(running.sockets).startsWith(SOCKET_PREFIX))
					await rm(running.sockets, { recursive: true, force: true });
				return;
			}
			await pause(20);
		}
	}
	throw new EmbeddedDatabaseError(`PostgreSQL (process ${running.pid}) does not stop.`);
}
