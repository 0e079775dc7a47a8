import { refusesEvidence } from '#lib/domain/application/evidence-limits.ts';
import { type EvidenceKind, isEvidenceKind, sensitivityOf } from '#lib/domain/application/evidence.ts';
import {
	changeDraft,
	type DraftRefusal,
	findCurrentApplication,
	lockDraft,
	type Owner,
} from '#lib/server/application/draft.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db, DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import { insertEvidence, selectEvidence } from '#lib/server/evidence/evidence.repository.ts';
import { getDataKey } from '#lib/server/evidence/evidence-key.ts';
import { type Held, keepFiles, type KeptFile, type RefusedFile, removeKept } from '#lib/server/evidence/keep-files.ts';
import { receiveUpload, type UploadRefusal, type UploadSource } from '#lib/server/evidence/receive-upload.ts';
import { isFull } from '#lib/server/storage/object-store.ts';
import { type EvidenceStorage, evidenceStorage } from '#lib/server/evidence/storage.ts';

/** Why nothing of a post was taken. */
export type AttachRefusal = DraftRefusal | UploadRefusal | 'no_file' | 'kind_unknown' | 'consent_missing';

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
 * Takes a multipart form with `kind`, one or several files and, where the kind is sensitive and no consent was given
 * yet, `sensitive_consent` = on. Bytes are kept before their rows are written; where the rows cannot be written, the
 * bytes go again. A file that is refused does not hinder the others.
 */
export async function attachDocuments(db: Db, request: Request): Promise<AttachOutcome> {
	const { owner, storage = evidenceStorage() } = request;
	const received = await receiveUpload(request.source, storage);
	if (!received.ok) return received;
	const { upload } = received;

	const consented = upload.fields.get('sensitive_consent') === 'on';
	const asked = await mayAttach(db, owner, upload.fields.get('kind') ?? '', consented, upload.files.length);
	if (!asked.ok) {
		await Promise.all(upload.files.map(({ staged }) => storage.discard(staged)));
		return asked;
	}

	const key = await getDataKey(db, asked.applicationId);
	const keeping = await keepFiles(upload.files, asked.held, { storage, key }).catch((fault: unknown) => {
		if (isFull(fault)) return undefined;
		throw fault;
	});
	if (!keeping) return { ok: false, refusal: 'storage_full' };
	const { kept, refused } = keeping;
	if (upload.tooMany) refused.push({ fileName: '', refusal: 'too_many_files' });
	let taken: readonly KeptFile[] = [];
	try {
		return await db.transaction().execute(async (trx) => {
			const recorded = await record(trx, { owner, at: request.at, kind: asked.kind, consented, kept });
			if (!recorded.ok) return recorded;
			taken = recorded.taken;
			const late = kept.filter((file) => !taken.includes(file));
			refused.push(...late.map(({ fileName }) => ({ fileName, refusal: 'too_many_files' as const })));
			return { ok: true, attached: recorded.ids, refused };
		});
	} catch (error) {
		taken = [];
		throw error;
	} finally {
		await removeKept(
			kept.filter((file) => !taken.includes(file)),
			storage,
		);
	}
}

type MayAttach =
	{ ok: true; applicationId: string; kind: EvidenceKind; held: Held } | { ok: false; refusal: AttachRefusal };

/** What needs no look into the files: asked first, and asked again under the lock. */
async function mayAttach(db: Db, owner: Owner, kind: string, consented: boolean, files: number): Promise<MayAttach> {
	const application = await findCurrentApplication(db, owner);
	if (!application) return { ok: false, refusal: 'no_draft' };
	if (application.status !== 'draft') return { ok: false, refusal: 'already_submitted' };
	if (!isEvidenceKind(kind)) return { ok: false, refusal: 'kind_unknown' };
	if (files === 0) return { ok: false, refusal: 'no_file' };
	if (needsConsent(kind, application.sensitiveConsentAt) && !consented)
		return { ok: false, refusal: 'consent_missing' };
	return { ok: true, applicationId: application.id, kind, held: await heldBy(db, application.id) };
}

function needsConsent(kind: EvidenceKind, given: Date | null): boolean {
	return sensitivityOf(kind) !== undefined && given === null;
}

async function heldBy(db: DbOrTrx, applicationId: string): Promise<Held> {
	const rows = await selectEvidence(db, applicationId);
	return { files: rows.length, bytes: rows.reduce((sum, { byteSize }) => sum + byteSize, 0) };
}

interface Recording {
	readonly owner: Owner;
	readonly at: Date;
	readonly kind: EvidenceKind;
	readonly consented: boolean;
	readonly kept: readonly KeptFile[];
}

async function record(
	trx: Trx,
	{ owner, at, kind, consented, kept }: Recording,
): Promise<{ ok: true; ids: string[]; taken: KeptFile[] } | { ok: false; refusal: AttachRefusal }> {
	const locked = await lockDraft(trx, owner);
	if (!locked.ok) return locked;
	const { draft } = locked;
	const consenting = needsConsent(kind, draft.sensitiveConsentAt) && kept.length > 0;
	if (consenting && !consented) return { ok: false, refusal: 'consent_missing' };
	const taken = withinLimits(kept, await heldBy(trx, draft.id));
	const rows = taken.map((file, index) => ({
		...file,
		applicationId: draft.id,
		cardholderId: owner.cardholderId,
		kind,
		// The files of one post came one after the other, and are listed so.
		receivedAt: new Date(at.getTime() + index),
	}));
	const ids = await insertEvidence(trx, rows);
	if (ids.length > 0) await changeDraft(trx, draft, at, consenting ? { sensitiveConsentAt: at } : {});
	const by = { actor: { kind: 'cardholder', id: owner.cardholderId }, cardholderId: owner.cardholderId } as const;
	if (consenting) {
		const about = { subjectKind: 'application', subjectId: draft.id };
		await appendAudit(trx, { ...by, ...about, action: 'application.sensitive_consent_given' });
	}
	for (const subjectId of ids) {
		await appendAudit(trx, {
			...by,
			action: 'evidence.attached',
			subjectKind: 'evidence',
			subjectId,
			detail: { kind },
		});
	}
	return { ok: true, ids, taken };
}

/** Two posts at once may each have fitted alone; what no longer fits beside the other is left out. */
function withinLimits(kept: readonly KeptFile[], before: Held): KeptFile[] {
	let held = before;
	return kept.filter(({ byteSize }) => {
		// The limit a file was for the file as it came; redrawn it may be a little larger.
		const refusal = refusesEvidence(byteSize, held);
		if (refusal === 'too_many_files' || refusal === 'too_much_in_all') return false;
		held = { files: held.files + 1, bytes: held.bytes + byteSize };
		return true;
	});
}
