/** The production build on a demo book of its own: what the end-to-end tests walk through. Ends with a signal. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asServing, createTestDatabase, startTestCluster } from '../support/database.ts';
import { startProcess } from '../support/process.ts';

const cluster = await startTestCluster();
const storage = await mkdtemp(join(tmpdir(), 'portal-evidence-'));
const owner = await createTestDatabase(cluster.template);
const server = startProcess(process.execPath, [join(import.meta.dirname, '../../src/cli/start.ts')], {
	env: {
		...process.env,
		DATABASE_URL: undefined,
		EMBEDDED_DATABASE_URL: asServing(owner),
		EMBEDDED_MIGRATE_DATABASE_URL: owner,
		SECRET_KEY: randomBytes(32).toString('base64url'),
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
