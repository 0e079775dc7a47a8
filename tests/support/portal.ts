import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Db } from '#lib/server/db/connect.ts';
import { isBuilt } from '../../src/cli/build-state.js';
import { asServing, createTestDatabase } from './cluster.ts';
import { freePort } from './free-port.ts';
import { startProcess } from './process.ts';
import { ROOT } from './run-command.ts';

/** The production build, serving on a database of its own. */
export interface Portal {
	readonly origin: string;
	readonly secretKey: string;
	readonly pid: number;
	/** The folder in which it keeps evidence. */
	readonly storage: string;
	/** The portal's database, for a test that looks behind it. */
	readonly db: Db;
	/** The address of the same with the role that owns the tables. */
	readonly ownerConnectionString: string;
	/** All that it has written so far, its log. */
	output(): string;
	stop(): Promise<void>;
}

/**
 * Starts the present build as a bank would, with no background work and with messages going nowhere. Throws where there is no
 * build of the present sources: the stage before makes it.
 */
export async function startPortal(template: string): Promise<Portal> {
	return servePortal(await createTestDatabase(template));
}

/** How it is served: with `jobs` as a bank runs it, with other settings, and under what flags of Node's. */
interface Serving {
	readonly jobs?: boolean;
	readonly env?: Readonly<Record<string, string>>;
	readonly nodeFlags?: readonly string[];
}

/** The same on a database that is there already, by the address of the role that owns the tables. */
export async function servePortal(
	owner: string,
	{ jobs = false, env = {}, nodeFlags = [] }: Serving = {},
): Promise<Portal> {
	if (!isBuilt()) throw new Error('there is no build of the present sources');
	const storage = await mkdtemp(join(tmpdir(), 'portal-evidence-'));
	const secretKey = randomBytes(32).toString('base64url');
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const { PATH, HOME } = process.env;
	const server = startProcess(process.execPath, [...nodeFlags, join(ROOT, 'src/cli/start.ts')], {
		env: {
			PATH,
			HOME,
			DATABASE_URL: asServing(owner),
			ORIGIN: origin,
			PORT: port,
			SECRET_KEY: secretKey,
			BANK_NAME: '海岸银行',
			BANK_PHRASE: '潮起潮落，岸在',
			SMS_GATEWAY: 'log',
			STORAGE: `file:${storage}`,
			JOBS: jobs ? 'on' : 'off',
			...env,
		},
	});
	await server.line(/The portal serves/);
	const db = connect({ connectionString: asServing(owner), identity: 'system' });
	return {
		origin,
		secretKey,
		pid: server.pid,
		storage,
		db,
		ownerConnectionString: owner,
		output: server.output,
		stop: async () => {
			await db.destroy();
			await server.stop();
			await rm(storage, { recursive: true, force: true });
		},
	};
}
