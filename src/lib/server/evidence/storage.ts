import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { env } from '#lib/server/env.ts';

/** Bytes on their way in, at a path of their own that nothing can open through the portal. */
export interface StagedFile {
	readonly path: string;
}

/**
 * Where evidence is kept. Bytes are staged first, and are kept under a random key only once they are whole; what was
 * put survives a power cut. The key says nothing about whose it is.
 */
export interface EvidenceStorage {
	/** A new, empty staged file; whoever asked for it puts or discards it. */
	stage(): Promise<StagedFile>;
	/** Keeps the staged bytes for good and returns their key. */
	put(staged: StagedFile): Promise<string>;
	/** Throws the staged bytes away; harmless where they are gone or were put. */
	discard(staged: StagedFile): Promise<void>;
	/** The bytes under a key, from the start. Rejects where there are none. */
	open(key: string): Promise<Readable>;
	/** Removes the bytes under a key; harmless where there are none. */
	remove(key: string): Promise<void>;
}

/** Evidence in a folder outside every web root: staged, synced, renamed. The folder is made where it is missing. */
export function folderStorage(directory: string): EvidenceStorage {
	const root = resolve(directory);
	const staging = join(root, 'staged');

	return {
		async stage() {
			await mkdir(staging, { recursive: true, mode: 0o700 });
			const path = join(staging, randomBytes(16).toString('hex'));
			await (await open(path, 'wx', 0o600)).close();
			return { path };
		},
		async put(staged) {
			const key = randomBytes(16).toString('hex');
			const path = pathOf(root, key);
			await mkdir(dirname(path), { recursive: true, mode: 0o700 });
			await sync(staged.path);
			await rename(staged.path, path);
			await sync(dirname(path));
			return key;
		},
		async discard(staged) {
			await rm(staged.path, { force: true });
		},
		async open(key) {
			const handle = await open(pathOf(root, key), 'r');
			return createReadStream('', { fd: handle });
		},
		async remove(key) {
			await rm(pathOf(root, key), { force: true });
		},
	};
}

/** The storage of this process, as the settings name it. */
export function evidenceStorage(): EvidenceStorage {
	return folderStorage(env().storageDirectory);
}

function pathOf(root: string, key: string): string {
	if (!/^[0-9a-f]{32}$/.test(key)) throw new Error('not a storage key');
	return join(root, 'kept', key.slice(0, 2), key);
}

/** The file's bytes, or the folder's names, are on the disk and not only on their way. */
async function sync(path: string): Promise<void> {
	const handle = await open(path, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
