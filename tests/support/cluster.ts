import { randomBytes } from 'node:crypto';
import { lstat, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openEmbedded } from '#lib/server/db/embedded/open-embedded.ts';
import { isAlive } from '#lib/server/db/embedded/processes.ts';
import { removeThrowawayCluster } from '#lib/server/db/embedded/remove-cluster.ts';
import { prepareDatabase } from '#lib/server/db/prepare-database.ts';

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
	const remove = async () => {
		await cluster.close();
		await removeThrowawayCluster(directory);
	};
	try {
		await prepareDatabase(connectionString, cluster.servingConnectionString);
	} catch (error) {
		await remove();
		throw error;
	}
	return { template: connectionString, remove };
}

/** The address of a fresh database with every migration applied, with its owner's role. It goes with the cluster at the end of the run. */
export async function createTestDatabase(template: string): Promise<string> {
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

/** The same database with the role that serves. */
export function asServing(address: string): string {
	const url = new URL(address);
	url.username = 'portal_serving';
	return url.href;
}

function withDatabase(address: string, name: string): string {
	const url = new URL(address);
	url.pathname = `/${name}`;
	return url.href;
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
