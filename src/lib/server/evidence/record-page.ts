import { refusesPage } from '#lib/domain/application/attach-rule.ts';
import { type EvidenceKind, isEvidenceKind, sensitivityOf } from '#lib/domain/application/evidence.ts';
import { type EvidenceRefusal, refusesEvidence } from '#lib/domain/application/evidence-limits.ts';
import {
	type Application,
	changeDraft,
	type DraftRefusal,
	lockOpen,
	type Owner,
} from '#lib/server/application/draft.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import type { EvidenceType } from '#lib/server/db/tables/application.ts';
import { listChecks } from '#lib/server/evidence/check.repository.ts';
import {
	type EvidenceRow,
	insertReceived,
	markEvidenceRemoved,
	selectEvidence,
} from '#lib/server/evidence/evidence.repository.ts';
import { deletePiecesOf } from '#lib/server/evidence/upload.repository.ts';
import { sendPrepareEvidence } from '#lib/server/jobs/send-job.ts';
import { listAskedKinds } from '#lib/server/request/read-requests.ts';

/** Why a page cannot join the owner's application. */
export type PageRefusal = DraftRefusal | 'page_gone' | 'kind_unknown' | 'consent_missing';

/** What is asked before a page is taken: for which kind, in whose place, and whether the separate consent comes with it. */
export interface PageAsked {
	readonly kind: string;
	readonly replacesId: string | null;
	readonly consented: boolean;
}

/** An application that takes the page; what it holds counts towards the limits. */
export interface Taking {
	readonly application: Application;
	readonly kind: EvidenceKind;
	readonly held: readonly EvidenceRow[];
}

/** Locks the owner's application and asks whether it takes such a page now. */
export async function lockTaking(
	trx: Trx,
	owner: Owner,
	{ kind, replacesId, consented }: PageAsked,
): Promise<{ ok: true; taking: Taking } | { ok: false; refusal: PageRefusal }> {
	const application = await lockOpen(trx, owner);
	if (!application) return { ok: false, refusal: 'no_draft' };
	if (!isEvidenceKind(kind)) return { ok: false, refusal: 'kind_unknown' };
	const held = await selectEvidence(trx, application.id);
	const refusal = refusesPage(
		application.status,
		replacesId === null ? null : await findReplaced(trx, held, replacesId),
		(await listAskedKinds(trx, application.id)).includes(kind),
	);
	if (refusal) return { ok: false, refusal };
	if (needsConsent(kind, application) && !consented) return { ok: false, refusal: 'consent_missing' };
	return { ok: true, taking: { application, kind, held } };
}

async function findReplaced(db: DbOrTrx, held: readonly EvidenceRow[], id: string) {
	const row = held.find((each) => each.id === id);
	if (!row) return 'gone' as const;
	const check = (await listChecks(db, [id])).get(id);
	return { isRefused: row.state === 'refused', isAskedAgain: check?.verdict === 'again' };
}

/** Whether a file of so many bytes can join what is held, the page aside whose place it takes. */
export function refusesSize(
	byteSize: number,
	held: readonly EvidenceRow[],
	{ replacesId = null, onTheWay = { files: 0, bytes: 0 } }: { replacesId?: string | null; onTheWay?: Held } = {},
): EvidenceRefusal | undefined {
	const counted = held.filter(({ id, state }) => id !== replacesId && state !== 'refused');
	const bytes = counted.reduce((sum, row) => sum + row.byteSize, onTheWay.bytes);
	return refusesEvidence(byteSize, { files: counted.length + onTheWay.files, bytes });
}

interface Held {
	readonly files: number;
	readonly bytes: number;
}

/** A page whose bytes are kept. */
export interface ArrivedPage {
	readonly fileName: string;
	readonly contentType: EvidenceType;
	readonly byteSize: number;
	readonly replacesId: string | null;
}

/**
 * Writes a page that has arrived into a locked application: its row, the consent that came with it, the end of the page whose
 * place it takes, the audit log, and the job that looks into it. Returns its row and the storage keys that have no use any more.
 */
export async function recordPage(
	trx: Trx,
	{ application, kind, held }: Taking,
	{ page, at }: { page: ArrivedPage; at: Date },
): Promise<{ row: EvidenceRow; useless: string[] }> {
	const { cardholderId } = application;
	const replaced = held.find(({ id }) => id === page.replacesId);
	const position = replaced?.position ?? Math.max(0, ...held.map((each) => each.position)) + 1;
	const { fileName, contentType, byteSize } = page;
	const own = { applicationId: application.id, cardholderId };
	const row = await insertReceived(trx, { ...own, kind, fileName, contentType, byteSize, position, receivedAt: at });
	const useless = replaced ? await endReplaced(trx, replaced, at, own) : [];
	const consenting = needsConsent(kind, application);
	await changeDraft(trx, application, at, consenting ? { sensitiveConsentAt: at } : {});
	const by = { actor: { kind: 'cardholder', id: cardholderId }, cardholderId } as const;
	if (consenting) {
		const about = { subjectKind: 'application', subjectId: application.id };
		await appendAudit(trx, { ...by, ...about, action: 'application.sensitive_consent_given' });
	}
	const detail = { kind, ...(replaced && { replaces: replaced.id }) };
	await appendAudit(trx, { ...by, action: 'evidence.attached', subjectKind: 'evidence', subjectId: row.id, detail });
	await sendPrepareEvidence(trx, row.id);
	return { row, useless };
}

async function endReplaced(
	trx: Trx,
	replaced: EvidenceRow,
	at: Date,
	own: { applicationId: string; cardholderId: string },
): Promise<string[]> {
	await markEvidenceRemoved(trx, [replaced.id], { at, removal: 'replaced' }, own);
	const pieces = await deletePiecesOf(trx, [replaced.id]);
	return [replaced.storageKey, replaced.thumbnailKey, ...pieces].filter((key) => key !== null);
}

function needsConsent(kind: EvidenceKind, { sensitiveConsentAt }: Application): boolean {
	return sensitivityOf(kind) !== undefined && sensitiveConsentAt === null;
}
