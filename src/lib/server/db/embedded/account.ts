import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { EmbeddedDatabaseError } from '#lib/server/db/embedded/embedded-database-error.ts';

/** The operating system's account that PostgreSQL's processes run under. */
export type Account = {
	name: string;
	uid: number;
	gid: number;
	/** Whether a process has to change to this account: only root can, and PostgreSQL refuses to run as root. */
	change: boolean;
};

/** Accounts that a machine has for such a purpose; the dedicated one first. */
const UNPRIVILEGED = ['postgres', '_postgres', 'nobody', 'daemon'];

/** Whether this process runs as root. */
export function isRoot(): boolean {
	return process.getuid?.() === 0;
}

/**
 * The account to run PostgreSQL under: oneself, or for root an unprivileged one.
 *
 * @param owner uid that owns an existing data directory; that account goes on with it
 * @throws EmbeddedDatabaseError where the machine has no such account
 */
export function chooseAccount(owner?: number): Account {
	if (!isRoot()) return ownAccount(owner);
	const known = passwordFile();
	const wanted =
		owner === undefined || owner === 0
			? UNPRIVILEGED.map((name) => known.find((entry) => entry.name === name)).find((entry) => entry)
			: known.find((entry) => entry.uid === owner);
	if (!wanted) {
		throw new EmbeddedDatabaseError(
			owner
				? `The embedded database belongs to user id ${owner}, which /etc/passwd does not know.`
				: `PostgreSQL does not run as root, and /etc/passwd has none of: ${UNPRIVILEGED.join(', ')}.`,
		);
	}
	return { ...wanted, change: true };
}

function ownAccount(owner?: number): Account {
	const uid = process.getuid?.() ?? -1;
	if (owner !== undefined && owner !== uid) {
		throw new EmbeddedDatabaseError(
			`The embedded database was made by another user (id ${owner}). Start as that user or as root, or use another folder.`,
		);
	}
	try {
		const { username, gid } = userInfo();
		return { name: username, uid, gid, change: false };
	} catch {
		throw new EmbeddedDatabaseError(`User id ${uid} has no entry in /etc/passwd, and PostgreSQL needs one.`);
	}
}

function passwordFile(): { name: string; uid: number; gid: number }[] {
	return readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.map((line) => line.split(':'))
		.filter((fields) => fields.length >= 4 && !fields[0]?.startsWith('#'))
		.map((fields) => ({ name: fields[0] ?? '', uid: Number(fields[2]), gid: Number(fields[3]) }));
}

/** The part of child_process options that makes a child run under the account. */
export function runningAs(account: Account): { uid?: number; gid?: number } {
	return account.change ? { uid: account.uid, gid: account.gid } : {};
}

/** Whether the account can enter a folder; tried rather than computed, so that every folder above and every ACL counts. */
export function canEnter(account: Account, folder: string): boolean {
	const tried = spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], {
		cwd: '/',
		stdio: 'ignore',
		...runningAs(account),
	});
	return tried.status === 0;
}
