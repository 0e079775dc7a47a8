import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { type EvidenceStorage, evidenceStorage } from '#lib/server/evidence/storage.ts';
import { deleteUpload, listStaleUploads, selectUpload } from '#lib/server/evidence/upload.repository.ts';

/** Ends somebody's upload that became no page, bytes and all; harmless where there is none. */
export async function endUpload(
	db: Db,
	{
		uploadId,
		cardholderId,
		storage = evidenceStorage(),
	}: { uploadId: string; cardholderId: string; storage?: EvidenceStorage },
): Promise<void> {
	const keys = await db.transaction().execute(async (trx) => {
		const upload = await selectUpload(trx, uploadId, cardholderId);
		return upload?.evidenceId === null ? deleteUpload(trx, uploadId) : [];
	});
	for (const key of keys) await storage.remove(key);
}

/** For so long an upload can be gone on with, from the last byte that came. */
export const UPLOAD_KEPT_MS = 3 * 86_400_000;
const AT_ONCE = 500;

/** Ends the uploads with which nobody goes on; returns how many. */
export async function endStaleUploads(db: Db, storage: EvidenceStorage = evidenceStorage()): Promise<number> {
	const stale = await listStaleUploads(db, new Date(now().getTime() - UPLOAD_KEPT_MS), AT_ONCE);
	for (const id of stale) {
		const keys = await db.transaction().execute((trx) => deleteUpload(trx, id));
		for (const key of keys) await storage.remove(key);
	}
	return stale.length;
}
