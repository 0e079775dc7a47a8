import pg from 'pg';

/**
 * Runs something that only one process may do at a time on a database; another waits for its turn. The lock goes with the
 * session, so a process that is killed holds nobody up.
 *
 * @param name of the deed; any text
 */
export async function holdLock<T>(connectionString: string, name: string, run: () => Promise<T>): Promise<T> {
	const client = new pg.Client({ connectionString, application_name: `repayment-portal lock ${name}` });
	await client.connect();
	try {
		await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
		return await run();
	} finally {
		await client.end();
	}
}
