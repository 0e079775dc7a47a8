import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { type Binaries, findBinaries } from '#lib/server/db/embedded/binaries.ts';
import { EmbeddedDatabaseError } from '#lib/server/db/embedded/embedded-database-error.ts';
import { type Home, prepareHome } from '#lib/server/db/embedded/home.ts';
import { initialise, writeAccessRules } from '#lib/server/db/embedded/initialise.ts';
import { type Lease, giveUpLease, takeLease } from '#lib/server/db/embedded/lease.ts';
import {
	PORT,
	type Postmaster,
	findPostmaster,
	startPostmaster,
	stopPostmaster,
} from '#lib/server/db/embedded/postmaster.ts';

/** How to reach the database, as pg's pool takes it. There is no password: the kernel vouches for the account. */
export type EmbeddedConnection = { host: string; port: number; user: string; database: string; ssl: false };

export type Embedded = {
	connection: EmbeddedConnection;
	/** The same as an address, for what takes a `DATABASE_URL`. */
	connectionString: string;
	/** The address with the role that serves: it owns nothing, and row-level security binds it. */
	servingConnectionString: string;
	/** Whether a server that was running already is used. */
	reused: boolean;
	/** Leaves the cluster; the last process to leave stops the server. Close pools first. Twice is harmless. */
	close(): Promise<void>;
};

/** The role that owns the application's databases; no superuser. */
const OWNER = 'portal';

/** The role with which the server, its jobs and the commands work; what it may do is given after each migration. */
const SERVING = 'portal_serving';

const PATIENCE = 120_000;
const UNREACHABLE = 15_000;

/**
 * Opens the embedded PostgreSQL kept in `directory`, making, starting or joining it as needed. Any number of processes may
 * do so at once; exactly one of them starts the server.
 *
 * @param options.directory such as `.data`; the cluster lives in its folder `postgres`
 * @param options.durable false gives up durability for speed, for a test's throwaway cluster
 * @param options.database made if absent, owned by the role that the connection names; "portal" unless told
 * @throws EmbeddedDatabaseError with a line for the person at the terminal
 */
export async function openEmbedded(options: {
	directory: string;
	durable: boolean;
	database?: string;
}): Promise<Embedded> {
	const home = await prepareHome(options.directory, options.durable);
	const binaries = await findBinaries(home.account);
	await initialise(home, binaries, options.durable);
	const joined = await joinCluster(home, binaries, options.durable);
	const database = options.database ?? 'portal';
	await ensureDatabase(joined.lease, database).catch(async (error: unknown) => {
		await giveUpLease(joined.lease, () => stopPostmaster(home, joined.running));
		throw error;
	});

	let current: Promise<Joined | undefined> = Promise.resolve(joined);
	let closing: Promise<void> | undefined;
	const keep = ({ lease }: Joined) => {
		// The lease alone keeps no process going; while it still answers us it must.
		lease.unref();
		lease.once('end', () => {
			if (closing) return;
			// The server went down under us: bring it back for the pool, which connects anew by itself.
			current = joinCluster(home, binaries, options.durable).catch(() => undefined);
			void current.then((again) => again && keep(again));
		});
	};
	keep(joined);
	const leave = async () => {
		const last = await current;
		if (last) await giveUpLease(last.lease, () => stopPostmaster(home, last.running));
	};
	return {
		connectionString: address(joined.running.sockets, database, OWNER),
		servingConnectionString: address(joined.running.sockets, database, SERVING),
		connection: { host: joined.running.sockets, port: PORT, user: OWNER, database, ssl: false },
		reused: !joined.started,
		close: () => (closing ??= leave()),
	};
}

function address(sockets: string, database: string, role: string): string {
	const where = new URLSearchParams({ host: sockets, port: String(PORT), sslmode: 'disable' });
	return `postgresql://${role}@localhost/${encodeURIComponent(database)}?${where.toString()}`;
}

type Joined = { lease: Lease; running: Postmaster; started: boolean };

/** Joins the running server, or starts one; PostgreSQL's own lock file decides between two that start at once. */
async function joinCluster(home: Home, binaries: Binaries, durable: boolean): Promise<Joined> {
	let child: ChildProcess | undefined;
	let starts = 0;
	let silentSince = performance.now();
	for (const deadline = performance.now() + PATIENCE; performance.now() < deadline; await pause(25)) {
		const running = await findPostmaster(home);
		if (running?.sockets) {
			const lease = await takeLease(running);
			if (lease) return { lease, running, started: child?.pid === running.pid };
			// Alive and yet without a socket: somebody emptied the folder for temporary files.
			if (performance.now() - silentSince > UNREACHABLE && isUnreachable(running)) await stopPostmaster(home, running);
			continue;
		}
		if (running || (child && child.exitCode === null && child.signalCode === null && child.pid !== undefined)) continue;
		if (child && (await givesUp(home, ++starts))) break;
		await writeAccessRules(home);
		child = await startPostmaster(home, binaries, durable);
		silentSince = performance.now();
	}
	throw new EmbeddedDatabaseError(`PostgreSQL did not start. The end of ${home.log}:\n${await tail(home.log)}`);
}

function isUnreachable(running: Postmaster): boolean {
	return !existsSync(`${running.sockets}/.s.PGSQL.${PORT}`);
}

/** Whether another start makes no sense: most failures stay, but a killed server's last processes take a moment to end. */
async function givesUp(home: Home, failures: number): Promise<boolean> {
	const passing = /lock file "postmaster.pid"|shared memory block/.test(await tail(home.log));
	await pause(250);
	return failures > (passing ? 60 : 2);
}

async function tail(file: string): Promise<string> {
	const handle = await open(file, 'r').catch(() => undefined);
	if (!handle) return '(there is none)';
	try {
		const { size } = await handle.stat();
		const length = Math.min(size, 2000);
		const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
		return buffer.toString('utf8');
	} finally {
		await handle.close();
	}
}

async function ensureDatabase(lease: Lease, database: string): Promise<void> {
	const make = async (statement: string) => {
		try {
			await lease.query(statement);
		} catch (error) {
			// Made already, or by another process at this moment.
			if (!['42710', '42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
		}
	};
	const { rows } = await lease.query<{ role: boolean; serving: boolean; database: boolean }>(
		`select exists (select from pg_roles where rolname = $1) as role,
			exists (select from pg_roles where rolname = $2) as serving,
			exists (select from pg_database where datname = $3) as database`,
		[OWNER, SERVING, database],
	);
	if (!rows[0]?.serving) await make(`create role ${SERVING} login`);
	if (!rows[0]?.role) await make(`create role ${OWNER} login createdb createrole`);
	if (!rows[0]?.database) await make(`create database ${lease.escapeIdentifier(database)} owner ${OWNER}`);
}
