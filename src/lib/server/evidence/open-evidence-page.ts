import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Db } from '#lib/server/db/connect.ts';
import { decode } from '#lib/server/evidence/decode/decode.ts';
import { openDataKey } from '#lib/server/evidence/evidence-key.ts';
import {
	auditLook,
	type EvidenceViewer,
	findViewable,
	type OpenedEvidence,
	ownName,
} from '#lib/server/evidence/open-evidence.ts';
import { type EvidenceStorage, evidenceStorage } from '#lib/server/evidence/storage.ts';

interface Request {
	readonly evidenceId: string;
	/** Counted from nought. */
	readonly page: number;
	readonly viewer: EvidenceViewer;
	readonly storage?: EvidenceStorage;
}

/**
 * One page of a PDF as a picture, drawn in the confined process: nobody at the bank need open a stranger's file. Undefined where there is
 * no such page for this viewer. A look by staff is in the audit log before the first byte leaves.
 */
export async function openEvidencePage(
	db: Db,
	{ evidenceId, page, viewer, storage = evidenceStorage() }: Request,
): Promise<OpenedEvidence | undefined> {
	const row = await findViewable(db, evidenceId, viewer);
	if (row?.contentType !== 'application/pdf' || page >= row.pageCount) return undefined;
	await auditLook(db, row, { what: `page ${String(page + 1)}`, viewer });
	const dataKey = await openDataKey(db, row.evidenceKeyId);
	const [source, picture] = await Promise.all([storage.stage(), storage.stage()]);
	const discard = () => Promise.all([storage.discard(source), storage.discard(picture)]);
	try {
		await pipeline(await storage.open(row.storageKey, dataKey), createWriteStream(source.path, { flags: 'r+' }));
		const drawn = await decode({ kind: 'pdf-page', source: source.path, page, picture: picture.path });
		if (!drawn.ok) {
			await discard();
			return undefined;
		}
	} catch (fault) {
		await discard();
		throw fault;
	}
	const body = createReadStream(picture.path);
	body.once('close', () => void discard());
	return { body, contentType: 'image/jpeg', fileName: ownName(row, 'image/jpeg') };
}
