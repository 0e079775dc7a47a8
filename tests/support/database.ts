import { randomBytes } from 'node:crypto';
import { lstat, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { type Db, connect } from '#lib/server/db/connect.ts';
import { openEmbedded } from '#lib/server/db/embedded/open-embedded.ts';
import { isAlive } from '#lib/server/db/embedded/processes.ts';
import { removeThrowawayCluster } from '#lib/server/db/embedded/remove-cluster.ts';
import { prepareDatabase } from '#lib/server/db/prepare-database.ts';

/** The address of the run's migrated template; the environment is what a run's worker processes share. */
const TEMPLATE = 'TEST_TEMPLATE_DATABASE_URL';

const PREFIX = 'portal-tests-';

/** One throwaway cluster for a whole run, apart from the application's own. */
export interface TestCluster {
	/** The address of a database with every migration applied and no rows; never connect to it, copy it. */
	readonly template: string;
	remove(): Promise<void>;
}

/** Starts the run's cluster in a temporary folder, migrates its template, and clears away what killed runs left. */
export async function startTestCluster(): Promise<TestCluster> {
	await removeLeftovers();
	const directory = await mkdtemp(join(tmpdir(), `${PREFIX}${String(process.pid)}-`));
	const cluster = await openEmbedded({ directory, durable: false, database: 'template' });
	const { connectionString } = cluster;
	await prepareDatabase(connectionString);
	const remove = async () => {
		await cluster.close();
		await removeThrowawayCluster(directory);
	};
	return { template: connectionString, remove };
}

/** Vitest's global setup. */
export async function setup(): Promise<() => Promise<void>> {
	const cluster = await startTestCluster();
	process.env[TEMPLATE] = cluster.template;
	return cluster.remove;
}

/** A fresh database with every migration applied. It goes with the cluster at the end of the run. */
export async function createTestDatabase(template = process.env[TEMPLATE]): Promise<string> {
	if (!template) throw new Error('no test cluster runs: this belongs to the integration tests');
	const name = `test_${randomBytes(6).toString('hex')}`;
	const maintenance = new pg.Client({ connectionString: withDatabase(template, 'postgres') });
	await maintenance.connect();
	try {
		await maintenance.query(`create database ${name} template template`);
	} finally {
		await maintenance.end();
	}
	return withDatabase(template, name);
}

function withDatabase(address: string, name: string): string {
	const url = new URL(address);
	url.pathname = `/${name}`;
	return url.href;
}

/** The database of one test file. */
export interface TestDatabase {
	/** Kysely on a pool of its own; there from the first `beforeAll` after this one, not at import. */
	readonly db: Db;
	readonly connectionString: string;
}

/** Gives the test file that calls it at its top a fresh database of its own, and closes the pool after its last test. */
export function useDatabase(): TestDatabase {
	let opened: TestDatabase | undefined;
	const get = () => {
		if (!opened) throw new Error('the database is opened in beforeAll: use it in a test or hook');
		return opened;
	};
	beforeAll(async () => {
		const connectionString = await createTestDatabase();
		opened = { connectionString, db: connect({ connectionString }) };
	});
	afterAll(() => opened?.db.destroy());
	return {
		get db() {
			return get().db;
		},
		get connectionString() {
			return get().connectionString;
		},
	};
}

async function removeLeftovers(): Promise<void> {
	for (const name of await readdir(tmpdir())) {
		const maker = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : NaN;
		const folder = join(tmpdir(), name);
		if (!Number.isInteger(maker) || isAlive(maker)) continue;
		const found = await lstat(folder).catch(() => undefined);
		if (!found?.isDirectory() || found.uid !== process.getuid?.()) continue;
		// Another run may be clearing the same folder away.
		await removeThrowawayCluster(folder).catch(() => undefined);
	}
}
