import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ObjectMissing, type ObjectStore } from '#lib/server/storage/object-store.ts';

/** Objects in a folder outside every web root, which is made where it is missing: synced, then renamed into their place. */
export function folderStore(directory: string): ObjectStore {
	const root = join(resolve(directory), 'kept');
	return {
		async put(key, path) {
			const place = placeOf(root, key);
			await mkdir(dirname(place), { recursive: true, mode: 0o700 });
			await sync(path);
			await rename(path, place);
			await sync(dirname(place));
		},
		async open(key) {
			const handle = await open(placeOf(root, key), 'r').catch((fault: NodeJS.ErrnoException) => {
				throw fault.code === 'ENOENT' ? new ObjectMissing(key) : fault;
			});
			return createReadStream('', { fd: handle });
		},
		async remove(key) {
			await rm(placeOf(root, key), { force: true });
		},
		async *list() {
			for (const shelf of await readdir(root).catch(() => [])) {
				for (const key of await readdir(join(root, shelf))) {
					// Removed at this moment: then there is nothing to tell.
					const found = await stat(join(root, shelf, key)).catch(() => undefined);
					if (found && isKey(key)) yield { key, keptAt: found.mtime };
				}
			}
		},
	};
}

/** Whether a text has the form of a key: nothing else ever becomes part of a path. */
function isKey(key: string): boolean {
	return /^[0-9a-f]{32}$/.test(key);
}

function placeOf(root: string, key: string): string {
	if (!isKey(key)) throw new Error('not a storage key');
	return join(root, key.slice(0, 2), key);
}

/** The file's bytes, or the folder's names, are on the disk and not only on their way. */
async function sync(path: string): Promise<void> {
	const handle = await open(path, 'r');
	await handle.sync().finally(() => handle.close());
}
