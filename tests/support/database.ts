import { afterAll, beforeAll } from 'vitest';
import { type Db, connect } from '#lib/server/db/connect.ts';
import { createTestDatabase, startTestCluster } from './cluster.ts';

export { createTestDatabase, startTestCluster };

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
		const template = process.env[TEMPLATE];
		if (!template) throw new Error('no test cluster runs: this belongs to the integration tests');
		const connectionString = await createTestDatabase(template);
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
