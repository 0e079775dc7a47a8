/** `npm start`: the demo on its own database, or with DATABASE_URL the portal in production. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EmbeddedDatabaseError } from '#lib/server/db/embedded/embedded-database-error.ts';
import { connect } from '#lib/server/db/connect.ts';
import { listPendingMigrations } from '#lib/server/db/pending-migrations.ts';
import { isBoundByPolicies } from '#lib/server/db/serving-role.ts';
import { type Env, readEnv, rereadEnv } from '#lib/server/env.ts';
import { build } from './build.ts';
import { isBuilt } from './build-state.js';
import { prepareDemo } from './demo-book.ts';
import { DATA, openDemoEnvironment, ROOT } from './demo-environment.ts';
import { greeting } from './greeting.ts';
import { loopbackOrigin } from './loopback-origin.ts';
import { forgetServer, noteServer, runningServer } from './running-server.ts';
import { type Handler, listen, type Listening } from './serve.ts';
import { shutDownOnSignal } from './shut-down.ts';

/** All evidence of an application, 80 MB, in one form without JavaScript; it is streamed, and other forms are held small by the hook. */
const BODY_SIZE_LIMIT = '84M';

/** One role for everything works, and lacks the second wall. */
const UNBOUND = [
	'The role of DATABASE_URL owns the tables, or passes their row-level security by: that wall does not hold for it.',
	"Serve with a role of its own, and give the owner's address to migrate as MIGRATE_DATABASE_URL.",
];

/** Ends the process with lines for the person at the terminal. */
function refuse(...lines: string[]): never {
	console.error(lines.join('\n'));
	process.exit(1);
}

function settings(): Env {
	const read = readEnv(process.env);
	if (read.ok) return read.env;
	refuse(
		'The portal does not start. Settings to mend:',
		...read.problems.map(({ name, why }) => `  ${name} ${why}`),
		'What each one means stands in README.md.',
	);
}

async function takePort(env: Env): Promise<Listening> {
	const demo = env.mode === 'demo';
	if (demo && process.env.HOST && !['127.0.0.1', 'localhost', '::1'].includes(process.env.HOST)) {
		console.log(`The demo serves on this machine alone: HOST=${process.env.HOST} is set aside.`);
	}
	try {
		return await listen(demo ? '127.0.0.1' : env.host, env.port, demo);
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		const running = demo ? runningServer(DATA) : undefined;
		if (code === 'EADDRINUSE' && running && new URL(running.origin).port === String(env.port)) {
			refuse(`The portal runs already: ${running.origin} (process ${String(running.pid)}).`);
		}
		if (code === 'EADDRINUSE') {
			refuse(`Port ${String(env.port)} is taken by another program. Choose another: PORT=3001 npm start`);
		}
		refuse(`The portal cannot serve on ${env.host}:${String(env.port)}: ${message}`);
	}
}

async function ensureBuilt(): Promise<void> {
	if (isBuilt()) return;
	const started = performance.now();
	console.log('Building …');
	const { ok, output } = await build();
	if (!ok) refuse(output, 'The build failed, see above.');
	console.log(`Built in ${String(Math.round((performance.now() - started) / 1000))} s.`);
}

/** In production a migration is a deed of its own, with the owner's role: the server only says that one is due. */
async function checkDatabase(env: Env): Promise<void> {
	const db = connect({ connectionString: env.databaseUrl ?? '', max: 1, identity: 'system' });
	try {
		const pending = await listPendingMigrations(db);
		if (pending.length === 0) {
			if (!(await isBoundByPolicies(db))) console.warn(UNBOUND.join('\n'));
			return;
		}
		refuse(
			`The database lacks ${String(pending.length)} migrations, from ${pending[0] ?? ''} on.`,
			'Bring it up to date with: npm run -s portal -- migrate',
		);
	} catch (error) {
		refuse(`The database of DATABASE_URL does not answer: ${(error as Error).message || String(error)}`);
	} finally {
		await db.destroy();
	}
}

/** Puts what adapter-node reads into the environment: it must be there before the build is loaded. */
function tellAdapter(origin: string, port: number): void {
	process.env.ORIGIN = origin;
	process.env.PORT = String(port);
	process.env.BODY_SIZE_LIMIT ||= BODY_SIZE_LIMIT;
	if (process.env.XFF_DEPTH) process.env.ADDRESS_HEADER ||= 'x-forwarded-for';
	process.env.NODE_ENV ||= 'production';
	rereadEnv();
}

async function start(): Promise<void> {
	const env = settings();
	const demo = env.mode === 'demo';
	const server = await takePort(env);
	const ending = shutDownOnSignal(server);
	if (!demo) await checkDatabase(env);
	await ensureBuilt();
	if (demo) process.env.LOG_LEVEL ||= 'warn';
	const database = await openDemoEnvironment();
	ending.last(() => database.close());
	tellAdapter(demo ? loopbackOrigin(env.origin, server.port) : env.origin, server.port);
	const { origin } = settings();
	const staff = demo ? await prepareDemo(database.own) : [];
	ending.loaded();
	const { handler } = (await import(pathToFileURL(join(ROOT, 'build', 'handler.js')).href)) as { handler: Handler };
	server.answer(handler, origin);
	if (database.own) {
		noteServer(DATA, origin);
		ending.last(() => forgetServer(DATA));
	}
	console.log(demo ? greeting(origin, staff) : `The portal serves ${origin} on ${env.host}:${String(server.port)}.`);
}

try {
	await start();
} catch (error) {
	if (error instanceof EmbeddedDatabaseError) refuse(error.message);
	throw error;
}
