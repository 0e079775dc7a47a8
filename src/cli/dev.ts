/** `npm run dev`: vite's development server on the embedded database with the demo book, or on DATABASE_URL. */
import { createServer } from 'vite';
import { EmbeddedDatabaseError } from '#lib/server/db/embedded/embedded-database-error.ts';
import { readEnv, rereadEnv } from '#lib/server/env.ts';
import { prepareDemo } from './demo-book.ts';
import { openDemoEnvironment, ROOT } from './demo-environment.ts';
import { greeting } from './greeting.ts';

async function develop(): Promise<void> {
	const read = readEnv(process.env, 'command');
	if (!read.ok) {
		for (const { name, why } of read.problems) console.error(`${name} ${why}`);
		process.exit(1);
	}
	const { mode, port } = read.env;
	process.env.ORIGIN = `http://127.0.0.1:${String(port)}`;
	const database = await openDemoEnvironment();
	rereadEnv();
	const staff = mode === 'demo' ? await prepareDemo(database.own) : [];
	const server = await createServer({ root: ROOT, server: { host: '127.0.0.1', port, strictPort: true } });
	await server.listen();
	let stopping = false;
	const stop = async () => {
		if (stopping) return;
		stopping = true;
		(process as NodeJS.EventEmitter).emit('sveltekit:shutdown', 'SIGTERM');
		await server.close();
		await database.close();
		process.exit(0);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
	console.log(mode === 'demo' ? greeting(process.env.ORIGIN, staff) : `Development on ${process.env.ORIGIN}`);
}

try {
	await develop();
} catch (error) {
	if (!(error instanceof EmbeddedDatabaseError)) throw error;
	console.error(error.message);
	process.exit(1);
}
