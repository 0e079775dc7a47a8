/** `npm run dev`: vite's development server on the embedded database with the demo book, or on DATABASE_URL. */
import { createServer, type ViteDevServer } from 'vite';
import { EmbeddedDatabaseError } from '#lib/server/db/embedded/embedded-database-error.ts';
import { readEnv, rereadEnv } from '#lib/server/env.ts';
import { prepareDemo } from './demo-book.ts';
import { openDemoEnvironment, type DemoEnvironment } from './demo-environment.ts';
import { loopbackOrigin } from './loopback-origin.ts';
import { greeting } from './greeting.ts';

let database: DemoEnvironment | undefined;
let vite: ViteDevServer | undefined;
let stopping = false;

async function stop(code: number): Promise<void> {
	if (stopping) return;
	stopping = true;
	(process as NodeJS.EventEmitter).emit('sveltekit:shutdown', 'SIGTERM');
	await vite?.close();
	await database?.close();
	process.exit(code);
}

async function develop(): Promise<void> {
	const read = readEnv(process.env, 'command');
	if (!read.ok) throw new Error(read.problems.map(({ name, why }) => `${name} ${why}`).join('\n'));
	const { mode, port } = read.env;
	const origin = loopbackOrigin(process.env.ORIGIN, port);
	process.env.ORIGIN = origin;
	if (mode === 'demo') process.env.LOG_LEVEL ||= 'warn';
	database = await openDemoEnvironment();
	rereadEnv();
	const staff = mode === 'demo' ? await prepareDemo(database.own) : [];
	vite = await createServer({ server: { host: '127.0.0.1', port, strictPort: true } });
	await vite.listen();
	console.log(mode === 'demo' ? greeting(origin, staff) : `Development on ${origin}`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
await develop().catch(async (error: Error) => {
	// What a person can mend is told in a line; anything else is a fault of ours, told with its place.
	const mendable = error instanceof EmbeddedDatabaseError || /already in use|^[A-Z_]+ /.test(error.message);
	console.error(mendable ? error.message : error);
	await stop(1);
});
