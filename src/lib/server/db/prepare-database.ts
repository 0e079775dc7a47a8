import { connect } from '#lib/server/db/connect.ts';
import { type MigrationOutcome, migrateToLatest } from '#lib/server/db/migrate.ts';
import { prepareJobs } from '#lib/server/jobs/prepare-jobs.ts';

/** Brings a database up to date, with the owner's role: our schema, then the jobs' own. Again is harmless. */
export async function prepareDatabase(connectionString: string): Promise<MigrationOutcome[]> {
	const db = connect({ connectionString, max: 1 });
	try {
		const outcomes = await migrateToLatest(db);
		await prepareJobs(connectionString);
		return outcomes;
	} finally {
		await db.destroy();
	}
}
