import type { EvidenceRow } from '#lib/server/evidence/evidence.repository.ts';
import type { EvidenceStorage } from '#lib/server/evidence/storage.ts';

/** Takes the bytes of pages away that were removed from the record. */
export async function removeKept(
	pages: readonly Pick<EvidenceRow, 'storageKey' | 'thumbnailKey'>[],
	storage: EvidenceStorage,
): Promise<void> {
	for (const { storageKey, thumbnailKey } of pages) {
		if (storageKey) await storage.remove(storageKey);
		if (thumbnailKey) await storage.remove(thumbnailKey);
	}
}
