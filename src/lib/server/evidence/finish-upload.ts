import type { EvidenceRefusal } from '#lib/domain/application/evidence-limits.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { notTaken, type NotTaken } from '#lib/server/evidence/content-type.ts';
import { lockTaking, type PageRefusal, recordPage, refusesSize } from '#lib/server/evidence/record-page.ts';
import { endUpload } from '#lib/server/evidence/end-upload.ts';
import { type EvidenceStorage, evidenceStorage } from '#lib/server/evidence/storage.ts';
import { saveUploaded, selectUpload, type Upload } from '#lib/server/evidence/upload.repository.ts';
import { typeOfUpload } from '#lib/server/evidence/upload-type.ts';

/** Why an upload that has arrived whole becomes no page after all. */
export type FinishRefusal = PageRefusal | EvidenceRefusal | NotTaken | 'upload_gone';

/**
 * Makes a page of an upload that has arrived whole: once, however often it is asked. Where it cannot join the application any more,
 * the upload ends.
 */
export async function finishUpload(
	db: Db,
	{
		owner,
		uploadId,
		at,
		storage = evidenceStorage(),
	}: { owner: Owner; uploadId: string; at: Date; storage?: EvidenceStorage },
): Promise<{ ok: true; evidenceId: string } | { ok: false; refusal: FinishRefusal }> {
	const { cardholderId } = owner;
	const arrived = await selectUpload(db, uploadId, cardholderId);
	const contentType = arrived && (arrived.contentType ?? (await typeOfUpload(db, arrived.id, storage)));
	const outcome = await db.transaction().execute((trx) => record(trx, { owner, uploadId, at, contentType }));
	if (outcome.ok) for (const key of outcome.useless) await storage.remove(key);
	else if (outcome.refusal !== 'upload_gone') await endUpload(db, { uploadId, cardholderId, storage });
	return outcome;
}

interface Recording {
	readonly owner: Owner;
	readonly uploadId: string;
	readonly at: Date;
	readonly contentType: Upload['contentType'] | undefined;
}

async function record(
	trx: Trx,
	{ owner, uploadId, at, contentType }: Recording,
): Promise<{ ok: true; evidenceId: string; useless: string[] } | { ok: false; refusal: FinishRefusal }> {
	// The application's lock comes first, so that of two at once the second finds the page that the first has made.
	const asked = await selectUpload(trx, uploadId, owner.cardholderId);
	if (!asked) return { ok: false, refusal: 'upload_gone' };
	const locked = await lockTaking(trx, owner, asked);
	const upload = await selectUpload(trx, uploadId, owner.cardholderId);
	if (!upload || upload.received < upload.byteSize) return { ok: false, refusal: 'upload_gone' };
	if (upload.evidenceId !== null) return { ok: true, evidenceId: upload.evidenceId, useless: [] };
	if (!locked.ok) return locked;
	const { taking } = locked;
	if (taking.application.id !== upload.applicationId) return { ok: false, refusal: 'already_submitted' };
	if (!contentType) return { ok: false, refusal: notTaken(upload.fileName) };
	const { fileName, byteSize, replacesId } = upload;
	const refusal = refusesSize(byteSize, taking.held, { replacesId });
	if (refusal) return { ok: false, refusal };
	const page = { fileName, contentType, byteSize, replacesId };
	const { row, useless } = await recordPage(trx, taking, { page, at });
	await saveUploaded(trx, uploadId, row.id);
	return { ok: true, evidenceId: row.id, useless };
}
