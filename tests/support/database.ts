import { afterAll, beforeAll } from 'vitest';
import { type Db, connect } from '#lib/server/db/connect.ts';
import { asServing, createTestDatabase, startTestCluster } from './cluster.ts';

export { asServing, createTestDatabase, startTestCluster };

/** The address of the run's migrated template; the environment is what a run's worker processes share. */
const TEMPLATE = 'TEST_TEMPLATE_DATABASE_URL';

/** Vitest's global setup: one throwaway cluster for the run. */
export async function setup(): Promise<() => Promise<void>> {
	const cluster = await startTestCluster();
	process.env[TEMPLATE] = cluster.template;
	return cluster.remove;
}

/** The database of one test file. */
export interface TestDatabase {
	/**
	 * Kysely on a pool of its own, with the role that serves and as the system where no `runAs` says otherwise; there from the
	 * first `beforeAll` after this one, not at import.
	 */
	readonly db: Db;
	/** The same with the role that owns the tables: for what nobody else can do, such as tampering. */
	readonly owner: Db;
	/** With the role that serves. */
	readonly connectionString: string;
	/** With the role that owns the tables. */
	readonly ownerConnectionString: string;
}

/** Gives the test file that calls it at its top a fresh database of its own, and closes the pool after its last test. */
export function useDatabase(): TestDatabase {
	let opened: TestDatabase | undefined;
	const get = () => {
		if (!opened) throw new Error('the database is opened in beforeAll: use it in a test or hook');
		return opened;
	};
	beforeAll(async () => {
		const template = process.env[TEMPLATE];
		if (!template) throw new Error('no test cluster runs: this belongs to the integration tests');
		const ownerConnectionString = await createTestDatabase(template);
		const connectionString = asServing(ownerConnectionString);
		const db = connect({ connectionString, identity: 'system' });
		const owner = connect({ connectionString: ownerConnectionString, identity: 'system' });
		opened = { connectionString, ownerConnectionString, db, owner };
	});
	afterAll(async () => {
		await opened?.db.destroy();
		await opened?.owner.destroy();
	});
	return {
		get db() {
			return get().db;
		},
		get owner() {
			return get().owner;
		},
		get connectionString() {
			return get().connectionString;
		},
		get ownerConnectionString() {
			return get().ownerConnectionString;
		},
	};
}
