/** The production build on a demo book of its own: what the end-to-end tests walk through. Ends with a signal. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asServing, createTestDatabase, startTestCluster } from '../support/database.ts';
import { startProcess } from '../support/process.ts';
import { DATABASE_FILE, LOG_FILE, runFolder } from './run-folder.ts';

const cluster = await startTestCluster();
const storage = await mkdtemp(join(tmpdir(), 'portal-evidence-'));
const owner = await createTestDatabase(cluster.template);
await writeFile(join(runFolder(), DATABASE_FILE), owner);
const server = startProcess(process.execPath, [join(import.meta.dirname, '../../src/cli/start.ts')], {
	copyTo: join(runFolder(), LOG_FILE),
	env: {
		...process.env,
		// Everything that could ever be logged, so that what must not be is looked for in all of it.
		LOG_LEVEL: 'debug',
		DATABASE_URL: undefined,
		EMBEDDED_DATABASE_URL: asServing(owner),
		EMBEDDED_MIGRATE_DATABASE_URL: owner,
		SECRET_KEY: randomBytes(32).toString('base64url'),
		PUSH: 'loopback',
		STORAGE: `file:${storage}`,
		BANK_NAME: '海岸银行',
		BANK_PHONE: '400 000 0000',
		BANK_PHRASE: '潮起潮落，岸在',
	},
});
void server.line(/\/dev\/inbox/).then((line) => console.log(line));

let stopping: Promise<void> | undefined;
const stop = () =>
	(stopping ??= (async () => {
		await server.stop();
		await cluster.remove();
		await rm(storage, { recursive: true, force: true });
	})());
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
const code = await server.ended;
if (!stopping) console.error(server.output());
await stop();
process.exitCode = code ?? 0;
