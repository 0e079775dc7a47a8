import { lstatSync, mkdirSync } from 'node:fs';
import { EmbeddedDatabaseError } from '#lib/server/db/embedded/embedded-database-error.ts';

const CANDIDATES = ['/var/lib/repayment-portal', '/var/tmp/repayment-portal'];

/**
 * The folder for what an unprivileged account must reach although the clone lies where only root can look
 * (such as under /root). Made on first use; only root asks for it.
 *
 * @throws EmbeddedDatabaseError where neither place can be used
 */
export function stateFolder(): string {
	for (const folder of CANDIDATES) {
		try {
			mkdirSync(folder, { mode: 0o755 });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') continue;
		}
		// Anybody can make a folder in /var/tmp: one that root does not own is not trusted with binaries or data.
		const found = lstatSync(folder);
		if (found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0) return folder;
	}
	throw new EmbeddedDatabaseError(
		`Run as root, the embedded database needs one of ${CANDIDATES.join(', ')} as a folder of root's own (mode 0755).`,
	);
}
