import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { deleteUnusedKeys, listNamedKeys } from '#lib/server/evidence/evidence-key.repository.ts';
import { type EvidenceStorage, evidenceStorage } from '#lib/server/evidence/storage.ts';

/** What is younger may belong to a row that is being written at this moment. */
const AGE_MS = 3_600_000;
const AT_ONCE = 500;

/**
 * Removes bytes that no document names and that are older than an hour, as they are left where a process is killed between
 * keeping the bytes and writing the row or the other way round; with them data keys that open nothing any more. Returns how many
 * files went.
 */
export async function removeOrphans(db: Db, storage: EvidenceStorage = evidenceStorage()): Promise<number> {
	const before = new Date(now().getTime() - AGE_MS);
	let removed = await storage.discardStagedBefore(before);
	let batch: string[] = [];
	const judge = async () => {
		const named = await listNamedKeys(db, batch);
		for (const key of batch.filter((each) => !named.has(each))) {
			await storage.remove(key);
			removed += 1;
		}
		batch = [];
	};
	for await (const { key, keptAt } of storage.list()) {
		if (keptAt >= before) continue;
		batch.push(key);
		if (batch.length === AT_ONCE) await judge();
	}
	if (batch.length > 0) await judge();
	await deleteUnusedKeys(db, before);
	return removed;
}
