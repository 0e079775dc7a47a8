import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { deleteCheck, type PageCheck, upsertCheck } from '#lib/server/evidence/check.repository.ts';
import { type EvidenceRow, findEvidence } from '#lib/server/evidence/evidence.repository.ts';

/** A page of the evidence as its judges need it. */
export type CasePage = Pick<EvidenceRow, 'id' | 'applicationId' | 'cardholderId' | 'kind' | 'state' | 'pageCount'>;

/** Who of the staff does something about a page, by which taking of its case. */
export interface Judge {
	readonly staffId: string;
	readonly fence: number;
}

/**
 * A page of an application that the caller has locked: while it is, no page of it comes or goes. Undefined where it is not there
 * any more, or is another application's.
 */
export async function findCasePage(
	trx: Trx,
	{ evidenceId, applicationId }: { evidenceId: string; applicationId: string },
): Promise<CasePage | undefined> {
	const row = await findEvidence(trx, evidenceId);
	return row?.applicationId === applicationId ? row : undefined;
}

/** Writes what was found on a page; the audit log keeps each finding, but for the words. */
export async function writeCheck(
	trx: Trx,
	page: CasePage,
	{ by, check }: { by: Judge; check: PageCheck },
): Promise<void> {
	const { id: evidenceId, applicationId } = page;
	await upsertCheck(trx, { ...check, evidenceId, applicationId, staffId: by.staffId });
	const action = check.verdict === 'accepted' ? 'evidence.accepted' : 'evidence.asked_again';
	await auditJudge(trx, page, { by, action, detail: { reason: check.reason } });
}

/** Takes back what was found on a page; false where nothing was. */
export async function takeBackCheck(trx: Trx, page: CasePage, by: Judge): Promise<boolean> {
	if (!(await deleteCheck(trx, page.id))) return false;
	await auditJudge(trx, page, { by, action: 'evidence.check_taken_back' });
	return true;
}

/** Writes a deed about a page into the audit log. */
export async function auditJudge(
	trx: Trx,
	{ id, applicationId, cardholderId, kind }: CasePage,
	{ by, action, detail }: { by: Judge; action: string; detail?: Readonly<Record<string, string | number | null>> },
): Promise<void> {
	await appendAudit(trx, {
		actor: { kind: 'staff', id: by.staffId },
		action,
		subjectKind: 'evidence',
		subjectId: id,
		cardholderId,
		detail: { applicationId, kind, fence: by.fence, ...detail },
	});
}
