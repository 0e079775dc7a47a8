import type { Db } from '#lib/server/db/connect.ts';
import type { EvidenceType } from '#lib/server/db/tables/application.ts';
import { contentTypeOf, HEAD_BYTES } from '#lib/server/evidence/content-type.ts';
import { readPieces } from '#lib/server/evidence/read-pieces.ts';
import type { EvidenceStorage } from '#lib/server/evidence/storage.ts';
import { listPiecesOfUpload } from '#lib/server/evidence/upload.repository.ts';

/** What an upload is by its first bytes, where they came in pieces too small to tell at once. */
export async function typeOfUpload(
	db: Db,
	uploadId: string,
	storage: EvidenceStorage,
): Promise<EvidenceType | undefined> {
	const head: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of readPieces(db, await listPiecesOfUpload(db, uploadId), storage)) {
		head.push(chunk);
		length += chunk.byteLength;
		if (length >= HEAD_BYTES) break;
	}
	return contentTypeOf(Buffer.concat(head).subarray(0, HEAD_BYTES));
}
