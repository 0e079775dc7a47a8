import { rm } from 'node:fs/promises';
import { prepareHome } from '#lib/server/db/embedded/home.ts';
import { findPostmaster, stopPostmaster } from '#lib/server/db/embedded/postmaster.ts';

/**
 * Stops a test's throwaway cluster, whoever uses it, and removes its folder.
 *
 * @throws EmbeddedDatabaseError where the folder holds anything but a throwaway cluster; nothing is removed then
 */
export async function removeThrowawayCluster(directory: string): Promise<void> {
	const home = await prepareHome(directory, false);
	const running = await findPostmaster(home);
	if (running) await stopPostmaster(home, running);
	// The marker goes last, so that an interrupted removal can be taken up again.
	await rm(home.data, { recursive: true, force: true });
	await rm(home.folder, { recursive: true, force: true });
	await rm(directory, { recursive: true, force: true });
}
