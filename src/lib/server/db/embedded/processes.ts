import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/** Whether a process of this number lives, whoever owns it. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/**
 * Whether the process is the postmaster of this data directory. A number alone proves nothing: after a restart of the
 * machine, or in a copied folder, it may be anybody's.
 */
export function isPostmasterOf(pid: number, data: string): boolean {
	if (!isAlive(pid)) return false;
	try {
		// A postmaster works inside its data directory.
		return readlinkSync(`/proc/${pid}/cwd`) === data;
	} catch {
		// Not Linux, or root in a container that may not look at another account's processes.
	}
	try {
		const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
		return words[words.indexOf('-D') + 1] === data;
	} catch {
		// Not Linux.
	}
	try {
		const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
		return command.includes(` -D ${data} `);
	} catch {
		return false;
	}
}
