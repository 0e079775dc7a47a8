import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { openDataKey } from '#lib/server/evidence/evidence-key.ts';
import type { EvidenceStorage } from '#lib/server/evidence/storage.ts';
import type { Piece } from '#lib/server/evidence/upload.repository.ts';

/** The bytes of pieces, decrypted, one after the other. Rejects where one is not there or was changed. */
export async function* readPieces(
	db: DbOrTrx,
	pieces: readonly Piece[],
	storage: EvidenceStorage,
): AsyncGenerator<Uint8Array> {
	for (const { storageKey, evidenceKeyId } of pieces) {
		yield* await storage.open(storageKey, await openDataKey(db, evidenceKeyId));
	}
}
