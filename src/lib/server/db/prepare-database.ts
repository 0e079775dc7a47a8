import { connect } from '#lib/server/db/connect.ts';
import { grantServing } from '#lib/server/db/grant-serving.ts';
import { type MigrationOutcome, migrateToLatest } from '#lib/server/db/migrate.ts';
import { readServingRole } from '#lib/server/db/serving-role.ts';
import { prepareJobs } from '#lib/server/jobs/prepare-jobs.ts';

/**
 * Brings a database up to date, with the owner's role: our schema, then the jobs' own, then what the role that serves may do
 * with them. Again is harmless.
 *
 * @param owner the address with the role that owns the tables
 * @param serving the address with which the server, its jobs and the commands work; the owner's, where there is one role
 */
export async function prepareDatabase(owner: string, serving: string): Promise<MigrationOutcome[]> {
	const db = connect({ connectionString: owner, max: 1, identity: 'system' });
	try {
		const outcomes = await migrateToLatest(db);
		await prepareJobs(owner);
		await grantServing(db, await readServingRole(serving));
		return outcomes;
	} finally {
		await db.destroy();
	}
}
