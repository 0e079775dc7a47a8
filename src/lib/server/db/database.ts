import { connect, type Db } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';

/** Enough to keep one processor busy. */
const KEPT_OPEN = 5;

let shared: Db | undefined;

/** The one pool of this process, on the database of the settings. */
export function database(): Db {
	const connectionString = env().databaseUrl;
	if (connectionString === undefined) throw new Error('DATABASE_URL is not set and no embedded database was started');
	shared ??= connect({ connectionString, min: KEPT_OPEN });
	return shared;
}

/** Closes the pool at the end of the process. */
export async function closeDatabase(): Promise<void> {
	await shared?.destroy();
	shared = undefined;
}
