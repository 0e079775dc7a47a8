import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, statSync } from 'node:fs';
import {
	lchown,
	lstat,
	mkdir,
	mkdtemp,
	readFile,
	readdir,
	realpath,
	rename,
	rmdir,
	stat,
	symlink,
	writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Account, canEnter, chooseAccount } from '#lib/server/db/embedded/account.ts';
import { EmbeddedDatabaseError } from '#lib/server/db/embedded/embedded-database-error.ts';
import { stateFolder } from '#lib/server/db/embedded/state-folder.ts';

/** Where one embedded cluster lives, and the account that it runs under. */
export type Home = {
	/** Absolute, without symlinks; holds everything below and belongs to the account alone (mode 0700). */
	folder: string;
	data: string;
	log: string;
	account: Account;
};

/** The file that makes a folder ours. Nothing is ever created in or removed from a folder that holds other things and not this. */
const MARKER = 'repayment-portal.json';

type Marker = { cluster: 'repayment-portal'; directory: string; durable: boolean };

/**
 * Finds or makes the home of the cluster of `directory`: its folder `postgres`. Where PostgreSQL's account cannot enter
 * that (root's clone under /root, say), the home lies in root's state folder and `postgres` is a link to it.
 *
 * @throws EmbeddedDatabaseError where the folder holds something else, belongs to somebody else, or is another clone's
 */
export async function prepareHome(directory: string, durable: boolean): Promise<Home> {
	await mkdir(dirname(directory), { recursive: true });
	await mkdir(directory, { mode: 0o700 }).catch(unlessThere);
	const root = await realpath(directory);
	const place = join(root, 'postgres');
	const existing = await follow(place);
	const account = chooseAccount(existing ? (await stat(existing)).uid : undefined);
	const folder = existing ?? (await makeFolder(root, place, account));
	await claim(folder, { cluster: 'repayment-portal', directory: root, durable }, place);
	if (account.change) await handOver(folder, account);
	if (account.change && !letThrough(account, root, folder)) {
		throw new EmbeddedDatabaseError(
			`The account ${account.name}, which PostgreSQL runs under, cannot enter ${folder}.`,
		);
	}
	return { folder, data: join(folder, 'data'), log: join(folder, 'postgres.log'), account };
}

async function follow(place: string): Promise<string | undefined> {
	if (!(await lstat(place).catch(() => undefined))) return undefined;
	return await realpath(place).catch(() => {
		throw new EmbeddedDatabaseError(
			`${place} points to a folder that is gone. Remove the link to start with an empty database.`,
		);
	});
}

async function makeFolder(root: string, place: string, account: Account): Promise<string> {
	if (!account.change || letThrough(account, root, root)) {
		await mkdir(place, { recursive: true, mode: 0o700 });
		return place;
	}
	// A name of its own each time: a clone made anew at the same place must not find its predecessor's data.
	const name = basename(dirname(root))
		.replaceAll(/[^\w-]/g, '_')
		.slice(0, 40);
	const elsewhere = await mkdtemp(join(stateFolder(), `${name}-`));
	await symlink(elsewhere, place).catch(async (error: NodeJS.ErrnoException) => {
		await rmdir(elsewhere);
		unlessThere(error);
	});
	return await realpath(place);
}

/** Another process may make the same thing at the same moment. */
function unlessThere(error: NodeJS.ErrnoException): void {
	if (error.code !== 'EEXIST') throw error;
}

/** Whether the account can enter the folder, once `root` (which is ours) lets it pass; `root` stays unreadable to it. */
function letThrough(account: Account, root: string, folder: string): boolean {
	if (canEnter(account, folder)) return true;
	chmodSync(root, (statSync(root).mode & 0o777) | 0o011);
	return canEnter(account, folder);
}

async function claim(folder: string, ours: Marker, place: string): Promise<void> {
	const file = join(folder, MARKER);
	const found = await readFile(file, 'utf8').catch(() => undefined);
	if (found === undefined) {
		if ((await readdir(folder)).length > 0 && !existsSync(file)) {
			throw new EmbeddedDatabaseError(
				`${folder} holds something that is not the portal's database, so it is left alone. Move it away first.`,
			);
		}
		return await writeMarker(folder, ours);
	}
	const marker = JSON.parse(found) as Marker;
	if (marker.durable !== ours.durable) {
		throw new EmbeddedDatabaseError(
			`${folder} is ${ours.durable ? "a test's throwaway database" : 'a real database'}.`,
		);
	}
	if (marker.directory === ours.directory) return;
	// The clone was moved, or copied: where the data lies outside it, a copy would share it with the original.
	const original = await realpath(join(marker.directory, 'postgres')).catch(() => undefined);
	if (original === folder) {
		throw new EmbeddedDatabaseError(
			`${place} is the database of ${marker.directory}. Remove the link to start with an empty one.`,
		);
	}
	await writeMarker(folder, ours);
}

/** Gives the account its folder, and all that is in it where root copied or restored it as root's own. */
async function handOver(folder: string, account: Account): Promise<void> {
	const data = await stat(join(folder, 'data')).catch(() => undefined);
	await lchown(folder, account.uid, account.gid);
	if (data === undefined || data.uid === account.uid) return;
	for (const entry of await readdir(folder, { recursive: true })) {
		// The data directory itself last, so that a broken-off pass is taken up again.
		if (entry !== 'data') await lchown(join(folder, entry), account.uid, account.gid);
	}
	await lchown(join(folder, 'data'), account.uid, account.gid);
}

/** Written beside the folder and moved in, so that it is whole or absent. */
async function writeMarker(folder: string, marker: Marker): Promise<void> {
	const draft = join(dirname(folder), `.${basename(folder)}-${randomBytes(6).toString('hex')}`);
	await writeFile(draft, `${JSON.stringify(marker, undefined, '\t')}\n`, { mode: 0o644 });
	await rename(draft, join(folder, MARKER));
}
