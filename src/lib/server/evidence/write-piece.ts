import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { notTaken, type NotTaken } from '#lib/server/evidence/content-type.ts';
import { getDataKey } from '#lib/server/evidence/evidence-key.ts';
import { Intake } from '#lib/server/evidence/intake.ts';
import { letGo } from '#lib/server/evidence/let-go.ts';
import { endUpload } from '#lib/server/evidence/end-upload.ts';
import { type EvidenceStorage, evidenceStorage } from '#lib/server/evidence/storage.ts';
import { advanceUpload, insertPiece, type Upload } from '#lib/server/evidence/upload.repository.ts';

/** What came of bytes that arrived: how far the upload is now; that others were first; or that it is nothing we take. */
export type Written =
	{ readonly ok: true; readonly received: number } | { readonly ok: false; readonly refusal: 'overtaken' | NotTaken };

interface Arriving {
	readonly upload: Upload;
	readonly cardholderId: string;
	/** The bytes that follow what has arrived before, in buffers that are nobody else's. */
	readonly source: AsyncIterable<Uint8Array>;
	readonly storage?: EvidenceStorage;
}

/**
 * Keeps bytes of an upload, encrypted, and counts them as arrived. Two senders of the same bytes are told apart by the count
 * alone: the first is taken, the other's bytes go again. An upload whose first bytes are of no kind that is taken, ends.
 */
export async function writePiece(
	db: Db,
	{ upload, cardholderId, source, storage = evidenceStorage() }: Arriving,
): Promise<Written> {
	const key = await getDataKey(db, upload.applicationId);
	const intake = new Intake(source);
	const storageKey = await storage.keep(intake.bytes(), key.bytes, letGo);
	const { byteSize } = intake;
	const start = upload.received;
	const isWhole = start + byteSize === upload.byteSize;
	const contentType = start === 0 ? await intake.contentType({ isWhole }) : null;
	if (contentType === 'not_supported') {
		await storage.remove(storageKey);
		await endUpload(db, { uploadId: upload.id, cardholderId, storage });
		return { ok: false, refusal: notTaken(upload.fileName) };
	}
	const counted =
		byteSize > 0 &&
		(await db.transaction().execute(async (trx) => {
			const advance = { from: start, byteSize, contentType, at: now() };
			if (!(await advanceUpload(trx, upload.id, advance))) return false;
			await insertPiece(trx, upload.id, { start, byteSize, storageKey, evidenceKeyId: key.id });
			return true;
		}));
	if (counted) return { ok: true, received: start + byteSize };
	await storage.remove(storageKey);
	return byteSize === 0 ? { ok: true, received: start } : { ok: false, refusal: 'overtaken' };
}
