import { connect, type Db } from '#lib/server/db/connect.ts';
import { EmbeddedDatabaseError } from '#lib/server/db/embedded/embedded-database-error.ts';
import { listPendingMigrations } from '#lib/server/db/pending-migrations.ts';
import { prepareDatabase } from '#lib/server/db/prepare-database.ts';
import { env, readEnv } from '#lib/server/env.ts';
import { type DemoEnvironment, openDemoEnvironment } from './demo-environment.ts';
import { refuse } from './terminal.ts';

/** What a command is given beside the database: whether it is the one under `.data/`. */
export interface Surroundings {
	readonly own: boolean;
}

/** Settings that a command needs where a real database is given; the demo has its own. */
type Needed = 'ORIGIN' | 'SECRET_KEY';

/**
 * Runs a command on the database of the settings, or without DATABASE_URL on the embedded one, brought up to date first. A
 * database that is given is not: `migrate` does that, with the owner's role. Refuses where a setting is wrong or missing.
 *
 * @param role with which it runs; only emptying the demo's book needs the owner's
 */
export async function withDatabase(
	run: (db: Db, surroundings: Surroundings) => Promise<void>,
	needed: readonly Needed[] = [],
	role: 'serving' | 'owner' = 'serving',
): Promise<void> {
	const read = readEnv(process.env, 'command');
	if (!read.ok) return refuse(...read.problems.map(({ name, why }) => `${name} ${why}`));
	if (read.env.mode === 'production') {
		const missing = needed.filter((name) => !process.env[name]);
		if (missing.length > 0) return refuse(...missing.map((name) => `${name} is missing`));
	}
	const environment = await openEnvironment();
	if (!environment) return;
	const { databaseUrl: serving = '', migrateDatabaseUrl: owner = '' } = env();
	try {
		if (environment.own) await prepareDatabase(owner, serving);
		const db = connect({ connectionString: role === 'owner' ? owner : serving, identity: 'system' });
		try {
			if (await isUpToDate(db)) await run(db, { own: environment.own });
		} finally {
			await db.destroy();
		}
	} finally {
		await environment.close();
	}
}

/** Opens the embedded database where none is given; undefined where it cannot be, which has been told. */
export async function openEnvironment(): Promise<DemoEnvironment | undefined> {
	try {
		return await openDemoEnvironment();
	} catch (error) {
		if (!(error instanceof EmbeddedDatabaseError)) throw error;
		refuse(error.message);
		return undefined;
	}
}

async function isUpToDate(db: Db): Promise<boolean> {
	let pending: readonly string[];
	try {
		pending = await listPendingMigrations(db);
	} catch (error) {
		const { code, message } = error as { code?: string; message: string };
		refuse(`The database of DATABASE_URL does not answer: ${message || String(code)}`);
		return false;
	}
	if (pending.length === 0) return true;
	refuse(
		`The database lacks ${String(pending.length)} migrations, from ${pending[0] ?? ''} on.`,
		'Bring it up to date with: npm run -s portal -- migrate',
	);
	return false;
}
