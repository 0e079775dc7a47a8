import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbedded } from '#lib/server/db/embedded/open-embedded.ts';
import { rereadEnv } from '#lib/server/env.ts';
import { runningServer } from './running-server.ts';

/** The top folder of the project. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where the demo keeps its database, its key and its evidence; git ignores it. */
export const DATA = join(ROOT, '.data');

/** What `openDemoEnvironment` opened. */
export interface DemoEnvironment {
	/** Whether the database is the one under `.data/`, to which the notes beside it belong. */
	readonly own: boolean;
	close(): Promise<void>;
}

/**
 * Without DATABASE_URL: opens the embedded database and puts its addresses and the demo's key into this process's environment,
 * where `lib/server/env` reads them. With DATABASE_URL, or an EMBEDDED_DATABASE_URL that somebody else keeps (the tests): does nothing.
 * Close it when the pool is closed; the last process to close stops the database.
 *
 * @throws EmbeddedDatabaseError with a line for the person at the terminal
 */
export async function openDemoEnvironment(): Promise<DemoEnvironment> {
	const { env } = process;
	if (env.DATABASE_URL || env.EMBEDDED_DATABASE_URL) return { own: false, close: () => Promise.resolve() };
	const embedded = await openEmbedded({ directory: DATA, durable: true });
	env.EMBEDDED_DATABASE_URL = embedded.servingConnectionString;
	env.EMBEDDED_MIGRATE_DATABASE_URL = embedded.connectionString;
	env.SECRET_KEY ||= keptSecretKey();
	env.BANK_PHRASE ||= '潮水有信，灯塔长明';
	env.STORAGE ||= `file:${join(DATA, 'evidence')}`;
	// Links that a command prints lead to the server that runs, whatever its port.
	const origin = runningServer(DATA)?.origin;
	if (origin) env.ORIGIN ||= origin;
	rereadEnv();
	return { own: true, close: () => embedded.close() };
}

/** Made once and kept, readable by its owner alone: what was sealed under it must open at the next start. */
function keptSecretKey(): string {
	const file = join(DATA, 'secret-key');
	mkdirSync(DATA, { recursive: true, mode: 0o700 });
	const draft = `${file}.${randomBytes(4).toString('hex')}`;
	writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
	try {
		// Unlike a rename, a link never replaces the key that another process has just made.
		linkSync(draft, file);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	} finally {
		rmSync(draft);
	}
	return readFileSync(file, 'utf8').trim();
}
