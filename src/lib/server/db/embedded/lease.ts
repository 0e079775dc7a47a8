import pg from 'pg';
import { SUPERUSER } from '#lib/server/db/embedded/initialise.ts';
import { PORT, type Postmaster } from '#lib/server/db/embedded/postmaster.ts';

/** The advisory lock by which processes say that they use the cluster: shared by users, exclusive for stopping it. */
const LOCK = 7_236_001;

/**
 * One process's claim on the running cluster: an open session with a shared lock. The server itself counts the users, and the
 * kernel ends the session of a process that was killed, so nothing can be left behind.
 */
export type Lease = pg.Client & {
	// pg has these; its types do not.
	ref(): void;
	unref(): void;
};

/**
 * Connects and joins the cluster's users.
 *
 * @returns undefined where the server does not answer yet, is stopping, or is not the one meant: then look again
 */
export async function takeLease(running: Postmaster): Promise<Lease | undefined> {
	const client = new pg.Client({
		host: running.sockets,
		port: PORT,
		user: SUPERUSER,
		database: 'postgres',
		password: '',
		ssl: false,
		application_name: `embedded lease of process ${process.pid}`,
	}) as Lease;
	// The session may break at any time: whoever waits on it sees the failed query.
	client.on('error', () => undefined);
	try {
		await client.connect();
		// Blocks only while somebody stops the server, and then ends with the session.
		await client.query('select pg_advisory_lock_shared($1)', [LOCK]);
		const { rows } = await client.query<{ pid: string }>(
			`select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`,
		);
		if (Number(rows[0]?.pid) === running.pid) return client;
		await client.end();
		return undefined;
	} catch (error) {
		await client.end().catch(() => undefined);
		const code = (error as { code?: string }).code ?? '';
		// Shutting down, starting up, killed by the shutdown; and the socket's own conditions, which have no SQLSTATE.
		const transient = code === '' || /^(57P0[0-9]|08\w{3}|53300|E[A-Z]+)$/.test(code);
		if (transient) return undefined;
		throw error;
	}
}

/**
 * Leaves the cluster's users.
 *
 * @param stop is called when nobody else uses the cluster, and while nobody can join
 */
export async function giveUpLease(lease: Lease, stop: () => Promise<void>): Promise<void> {
	lease.ref();
	const last = await isLast(lease);
	try {
		if (last) await stop();
	} finally {
		await lease.end().catch(() => undefined);
	}
}

async function isLast(lease: Lease): Promise<boolean> {
	try {
		await lease.query('select pg_advisory_unlock_shared($1)', [LOCK]);
		const { rows } = await lease.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [LOCK]);
		return rows[0]?.last === true;
	} catch {
		// The session broke: the server is down, or somebody who left after us was quicker to stop it.
		return false;
	}
}
