import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { listErasedKeys, listReady } from '#lib/server/evidence/retention.repository.ts';
import type { EvidenceStorage } from '#lib/server/evidence/storage.ts';

/** What the store and the record do not agree about; `of` is the storage key, or the page that misses its bytes. */
export interface StorageFault {
	readonly fault: 'erased_still_there' | 'bytes_missing';
	readonly of: string;
}

const AT_ONCE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** What was erased longer ago has had its night, and one to spare. */
const PATIENCE_MS = 2 * 86_400_000;

/** Compares what is stored with what the record names, without opening anything: erased pages whose bytes are there, living ones whose are not. */
export async function* checkStorage(db: Db, storage: EvidenceStorage): AsyncGenerator<StorageFault> {
	const before = new Date(now().getTime() - PATIENCE_MS);
	const there = new Set<string>();
	let batch: string[] = [];
	const judge = async () =>
		(await listErasedKeys(db, batch, before)).map((of) => ({ fault: 'erased_still_there', of }) as const);
	for await (const { key } of storage.list()) {
		there.add(key);
		batch.push(key);
		if (batch.length < AT_ONCE) continue;
		yield* await judge();
		batch = [];
	}
	yield* await judge();
	for (let after = FIRST; ;) {
		const pages = await listReady(db, after, AT_ONCE);
		for (const { id, storageKey, thumbnailKey } of pages) {
			const isThere = there.has(storageKey) && (thumbnailKey === null || there.has(thumbnailKey));
			if (!isThere) yield { fault: 'bytes_missing', of: id };
		}
		const last = pages.at(-1);
		if (!last || pages.length < AT_ONCE) return;
		after = last.id;
	}
}
