import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openStream, sealStream } from '#lib/server/crypto/sealed-stream.ts';
import { env } from '#lib/server/env.ts';
import { letGo } from '#lib/server/evidence/let-go.ts';
import { chosenStore } from '#lib/server/storage/chosen-store.ts';
import { folderStore } from '#lib/server/storage/folder-store.ts';
import type { KeptObject, ObjectStore } from '#lib/server/storage/object-store.ts';

/** Bytes on their way in, at a path of their own that nothing can open through the portal. */
export interface StagedFile {
	readonly path: string;
}

/**
 * Where evidence is kept. Bytes are staged first; what is put is encrypted and kept under a random key, which says nothing
 * about whose it is. What was put survives a power cut.
 */
export interface EvidenceStorage {
	/** A new, empty staged file; whoever asked for it puts or discards it. */
	stage(): Promise<StagedFile>;
	/**
	 * Encrypts bytes as they come, keeps them for good and returns their storage key; where the stream fails, nothing is kept.
	 *
	 * @param used is given each buffer of the source once nothing needs it any more
	 */
	keep(source: AsyncIterable<Uint8Array>, dataKey: Uint8Array, used?: (bytes: Uint8Array) => void): Promise<string>;
	/** Encrypts the staged bytes with a data key of 32 bytes, keeps them for good and returns their storage key. */
	put(staged: StagedFile, dataKey: Uint8Array): Promise<string>;
	/** Throws the staged bytes away; harmless where they are gone or were put. */
	discard(staged: StagedFile): Promise<void>;
	/** The bytes under a storage key. Rejects with `ObjectMissing` where there are none, fails in reading where they were changed. */
	open(storageKey: string, dataKey: Uint8Array | null): Promise<Readable>;
	/** Removes the bytes under a storage key; harmless where there are none. */
	remove(storageKey: string): Promise<void>;
	/** Everything that was put and not removed. */
	list(): AsyncIterable<KeptObject>;
	/** Throws away what was staged before an instant and never put, as a process leaves it that was killed. */
	discardStagedBefore(before: Date): Promise<number>;
}

/** So much is written in one go. */
const AT_ONCE = 256 * 1024;

/** Writes bytes to a file as they come, a few pieces at a time. */
async function writeTo(path: string, source: AsyncIterable<Buffer>): Promise<void> {
	const file = await open(path, 'r+');
	try {
		let held: Buffer[] = [];
		let length = 0;
		for await (const piece of source) {
			held.push(piece);
			length += piece.length;
			if (length < AT_ONCE) continue;
			await file.writev(held);
			held.forEach(letGo);
			held = [];
			length = 0;
		}
		await file.writev(held);
	} finally {
		await file.close();
	}
}

/** Evidence in an object store, staged in a folder of this machine's. */
export function evidenceStorageOn(store: ObjectStore, staging: string): EvidenceStorage {
	async function stage(): Promise<StagedFile> {
		await mkdir(staging, { recursive: true, mode: 0o700 });
		const path = join(staging, randomBytes(16).toString('hex'));
		await (await open(path, 'wx', 0o600)).close();
		return { path };
	}
	const discard = ({ path }: StagedFile) => rm(path, { force: true });
	async function keep(
		source: AsyncIterable<Uint8Array>,
		dataKey: Uint8Array,
		used?: (bytes: Uint8Array) => void,
	): Promise<string> {
		const storageKey = randomBytes(16).toString('hex');
		const sealed = await stage();
		try {
			await writeTo(sealed.path, sealStream(source, dataKey, storageKey, used));
			await store.put(storageKey, sealed.path);
		} catch (fault) {
			await discard(sealed);
			throw fault;
		}
		return storageKey;
	}
	return {
		stage,
		discard,
		keep,
		async put(staged, dataKey) {
			const storageKey = await keep(createReadStream(staged.path), dataKey);
			await discard(staged);
			return storageKey;
		},
		async open(storageKey, dataKey) {
			const kept = await store.open(storageKey);
			if (dataKey === null) return kept;
			const plain = openStream(dataKey, storageKey);
			// The reader hears of every fault from what it reads; where it goes away, the store is let go as well.
			pipeline(kept, plain).catch(() => undefined);
			return plain;
		},
		remove: (storageKey) => store.remove(storageKey),
		list: () => store.list(),
		async discardStagedBefore(before) {
			let discarded = 0;
			for (const name of await readdir(staging).catch(() => [])) {
				const path = join(staging, name);
				const found = await stat(path).catch(() => undefined);
				if (!found?.isFile() || found.mtime >= before) continue;
				await discard({ path });
				discarded += 1;
			}
			return discarded;
		},
	};
}

/** Evidence in a folder of this machine's: staged and kept beside each other, so that keeping is a renaming. */
export function folderStorage(directory: string): EvidenceStorage {
	return evidenceStorageOn(folderStore(directory), join(resolve(directory), 'staged'));
}

/** The storage of this process, as the settings name it. */
export function evidenceStorage(): EvidenceStorage {
	const { storage } = env();
	const staging =
		storage.kind === 'file' ? join(resolve(storage.directory), 'staged') : join(tmpdir(), 'portal-staged');
	return evidenceStorageOn(chosenStore(), staging);
}
