import { randomUUID } from 'node:crypto';
import type { EvidenceRefusal, FileRefusal } from '#lib/domain/application/evidence-limits.ts';
import { findCurrentApplication, type Owner } from '#lib/server/application/draft.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { notTaken } from '#lib/server/evidence/content-type.ts';
import { displayName } from '#lib/server/evidence/display-name.ts';
import { type DataKey, getDataKey } from '#lib/server/evidence/evidence-key.ts';
import {
	type ReceivedFile,
	receiveUpload,
	type Upload,
	type UploadRefusal,
	type UploadSource,
} from '#lib/server/evidence/receive-upload.ts';
import {
	type ArrivedPage,
	lockTaking,
	type PageAsked,
	type PageRefusal,
	recordPage,
	refusesSize,
	type Taking,
} from '#lib/server/evidence/record-page.ts';
import { type EvidenceStorage, evidenceStorage } from '#lib/server/evidence/storage.ts';
import { advanceUpload, insertPiece, insertUpload, saveUploaded } from '#lib/server/evidence/upload.repository.ts';

/** Why nothing of a post was taken. */
export type AttachRefusal = PageRefusal | UploadRefusal | 'no_file';

/** Why one file of a post was not taken; the others are. */
export interface RefusedFile {
	readonly fileName: string;
	readonly refusal: EvidenceRefusal | FileRefusal;
}

/** What came of a post: the ids of what was attached, and each file that was not taken; or why nothing was. */
export type AttachOutcome =
	| { readonly ok: true; readonly attached: readonly string[]; readonly refused: readonly RefusedFile[] }
	| { readonly ok: false; readonly refusal: AttachRefusal };

interface Request {
	readonly owner: Owner;
	readonly source: UploadSource;
	readonly at: Date;
	readonly storage?: EvidenceStorage;
}

/**
 * Takes a multipart form with `kind`, one or several files, where wanted `replaces` (the page in whose place the first file comes)
 * and, where the kind is sensitive and no consent was given yet, `sensitive_consent` = on. Bytes are kept before their rows are written;
 * where the rows cannot be written, the bytes go again. A file that is refused does not hinder the others.
 */
export async function attachDocuments(db: Db, request: Request): Promise<AttachOutcome> {
	const { owner, at, storage = evidenceStorage() } = request;
	const application = await findCurrentApplication(db, owner);
	if (!application) return { ok: false, refusal: 'no_draft' };
	const key = await getDataKey(db, application.id);
	const received = await receiveUpload(request.source, { storage, key });
	if (!received.ok) return received;
	const { files, tooMany } = received.upload;
	let useless: readonly string[] = files.map(({ storageKey }) => storageKey);
	try {
		if (files.length === 0) return { ok: false, refusal: 'no_file' };
		const asked = askedBy(received.upload);
		const outcome = await db.transaction().execute(async (trx) => {
			const locked = await lockTaking(trx, owner, asked);
			if (!locked.ok) return locked;
			return { ok: true as const, ...(await take(trx, locked.taking, { files, asked, key, at })) };
		});
		if (!outcome.ok) return outcome;
		const { attached, refused } = outcome;
		useless = outcome.useless;
		const beyond = tooMany ? [{ fileName: '', refusal: 'too_many_files' as const }] : [];
		return { ok: true, attached, refused: [...refused, ...beyond] };
	} finally {
		await Promise.all(useless.map((each) => storage.remove(each)));
	}
}

function askedBy({ fields }: Upload): PageAsked {
	const replaces = fields.get('replaces') ?? '';
	return {
		kind: fields.get('kind') ?? '',
		consented: fields.get('sensitive_consent') === 'on',
		replacesId: replaces === '' ? null : replaces,
	};
}

interface Taken {
	readonly attached: string[];
	readonly refused: RefusedFile[];
	/** Storage keys that nobody names. */
	readonly useless: string[];
}

async function take(
	trx: Trx,
	taking: Taking,
	{ files, asked, key, at }: { files: readonly ReceivedFile[]; asked: PageAsked; key: DataKey; at: Date },
): Promise<Taken> {
	const done: Taken = { attached: [], refused: [], useless: [] };
	let { replacesId } = asked;
	let { held, application } = taking;
	for (const [index, file] of files.entries()) {
		const fileName = displayName(file.fileName);
		const { byteSize, contentType, storageKey } = file;
		const beyond = refusesSize(byteSize, held, { replacesId });
		if (beyond || contentType === 'not_supported') {
			done.refused.push({ fileName, refusal: beyond ?? notTaken(fileName) });
			done.useless.push(storageKey);
			continue;
		}
		const page = { fileName, contentType, byteSize, replacesId };
		// The files of one post came one after the other, and are listed so.
		const receivedAt = new Date(at.getTime() + index);
		const { row, useless } = await recordPage(trx, { ...taking, application, held }, { page, at: receivedAt });
		await recordPiece(trx, row, { page, storageKey, key, consented: asked.consented });
		done.attached.push(row.id);
		done.useless.push(...useless);
		held = [...held.filter(({ id }) => id !== replacesId), row];
		application = {
			...application,
			sensitiveConsentAt: application.sensitiveConsentAt ?? (asked.consented ? at : null),
		};
		replacesId = null;
	}
	return done;
}

/** What a form brought in one go stands in the tables as an upload of a single piece. */
async function recordPiece(
	trx: Trx,
	row: { id: string; applicationId: string; cardholderId: string; kind: Taking['kind']; receivedAt: Date },
	{ page, storageKey, key, consented }: { page: ArrivedPage; storageKey: string; key: DataKey; consented: boolean },
): Promise<void> {
	const { applicationId, cardholderId, kind, receivedAt: at } = row;
	const { fileName, byteSize, contentType } = page;
	const said = { fileName, byteSize, contentType, replacesId: null, consented };
	const upload = await insertUpload(trx, { applicationId, cardholderId, clientId: randomUUID(), kind, ...said, at });
	await advanceUpload(trx, upload.id, { from: 0, byteSize, contentType, at });
	await insertPiece(trx, upload.id, { start: 0, byteSize, storageKey, evidenceKeyId: key.id });
	await saveUploaded(trx, upload.id, row.id);
}
