import { env, type StorageSettings } from '#lib/server/env.ts';
import { folderStore } from '#lib/server/storage/folder-store.ts';
import type { ObjectStore } from '#lib/server/storage/object-store.ts';
import { s3Store } from '#lib/server/storage/s3-store.ts';

const opened = new WeakMap<StorageSettings, ObjectStore>();

/** The store that the settings name; one for each settings, since a client keeps its connections. */
export function chosenStore(): ObjectStore {
	const { storage } = env();
	const known = opened.get(storage);
	if (known) return known;
	const store = storage.kind === 'file' ? folderStore(storage.directory) : s3Store(storage);
	opened.set(storage, store);
	return store;
}
