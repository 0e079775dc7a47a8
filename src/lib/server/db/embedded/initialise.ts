import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { lchown, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runningAs } from '#lib/server/db/embedded/account.ts';
import type { Binaries } from '#lib/server/db/embedded/binaries.ts';
import { EmbeddedDatabaseError } from '#lib/server/db/embedded/embedded-database-error.ts';
import type { Home } from '#lib/server/db/embedded/home.ts';
import { isAlive } from '#lib/server/db/embedded/processes.ts';

/** The cluster's superuser. The application never is it. */
export const SUPERUSER = 'postgres';

const UNFINISHED = /^new-(\d+)-/;

/**
 * Makes the data directory unless it is there. It is made under another name and renamed when whole, so that a broken-off
 * attempt is told by its name, and of two processes at once exactly one succeeds while the other uses its work.
 *
 * @throws EmbeddedDatabaseError where what is there was made by another major version or is damaged
 */
export async function initialise(home: Home, binaries: Binaries, durable: boolean): Promise<void> {
	if (await stat(home.data).catch(() => undefined)) return await check(home, binaries);
	await removeUnfinished(home);
	const fresh = join(home.folder, `new-${process.pid}-${randomBytes(4).toString('hex')}`);
	const choices = ['-D', fresh, '-U', SUPERUSER, '-E', 'UTF8', '--auth=reject', '--no-instructions'];
	choices.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
	if (!durable) choices.push('--no-sync');
	await promisify(execFile)(binaries.initdb, choices, {
		cwd: home.folder,
		env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
		...runningAs(home.account),
	}).catch((error: Error & { stderr?: string }) => {
		throw new EmbeddedDatabaseError(`PostgreSQL could not make its data directory: ${error.stderr ?? error.message}`);
	});
	try {
		await rename(fresh, home.data);
	} catch {
		await rm(fresh, { recursive: true, force: true });
		return await check(home, binaries);
	}
	if (durable) await syncFolder(home.folder);
}

async function check(home: Home, binaries: Binaries): Promise<void> {
	const found = (await readFile(join(home.data, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
	const whole = await stat(join(home.data, 'global', 'pg_control')).catch(() => undefined);
	if (!whole) throw new EmbeddedDatabaseError(`${home.data} is damaged: it lacks global/pg_control. It is left alone.`);
	if (found !== binaries.major) {
		throw new EmbeddedDatabaseError(
			`${home.data} was made by PostgreSQL ${found}, and this is PostgreSQL ${binaries.major}. It is left alone.`,
		);
	}
}

async function removeUnfinished(home: Home): Promise<void> {
	for (const name of await readdir(home.folder)) {
		const maker = UNFINISHED.exec(name)?.[1];
		if (maker && !isAlive(Number(maker))) await rm(join(home.folder, name), { recursive: true, force: true });
	}
}

async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, 'r');
	await handle.sync().finally(() => handle.close());
}

/**
 * Who may connect: the operating system's accounts named here, as the kernel vouches for them on the socket (peer
 * authentication). There is no password to keep, and nothing to reach from a network.
 */
export async function writeAccessRules(home: Home): Promise<void> {
	const accounts = new Set(['root', home.account.name, userInfo().username]);
	const map = [...accounts].map((name) => `portal "${name}" all\n`).join('');
	await writeOwned(home, 'pg_ident.conf', map);
	await writeOwned(home, 'pg_hba.conf', 'local all all peer map=portal\n');
}

async function writeOwned(home: Home, name: string, text: string): Promise<void> {
	const draft = join(home.data, `${name}.${randomBytes(4).toString('hex')}`);
	// The folder is the account's: root follows no link there.
	await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
	if (home.account.change) await lchown(draft, home.account.uid, home.account.gid);
	await rename(draft, join(home.data, name));
}
