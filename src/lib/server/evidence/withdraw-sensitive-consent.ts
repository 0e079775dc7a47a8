import { sensitivityOf } from '#lib/domain/application/evidence.ts';
import { changeDraft, type DraftRefusal, lockDraft, type Owner } from '#lib/server/application/draft.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { markEvidenceRemoved, selectEvidence } from '#lib/server/evidence/evidence.repository.ts';
import { removeKept } from '#lib/server/evidence/remove-kept.ts';
import { type EvidenceStorage, evidenceStorage } from '#lib/server/evidence/storage.ts';
import { deletePiecesOf } from '#lib/server/evidence/upload.repository.ts';

interface Request {
	readonly owner: Owner;
	readonly at: Date;
	readonly storage?: EvidenceStorage;
}

/**
 * Takes back the consent for medical and financial documents: those of the draft are removed with their bytes, the
 * others stay. [PIPL Art. 15: withdrawing is as easy as giving]
 */
export async function withdrawSensitiveConsent(
	db: Db,
	{ owner, at, storage = evidenceStorage() }: Request,
): Promise<{ ok: true; removed: number } | { ok: false; refusal: DraftRefusal }> {
	const outcome = await db.transaction().execute(async (trx) => {
		const locked = await lockDraft(trx, owner);
		if (!locked.ok) return locked;
		const { draft } = locked;
		const rows = await selectEvidence(trx, draft.id);
		const sensitive = rows.filter(({ kind }) => sensitivityOf(kind) !== undefined).map(({ id }) => id);
		const removed = await markEvidenceRemoved(
			trx,
			sensitive,
			{ at, removal: 'consent_withdrawn' },
			{
				applicationId: draft.id,
				cardholderId: owner.cardholderId,
			},
		);
		await changeDraft(trx, draft, at, { sensitiveConsentAt: null });
		await appendAudit(trx, {
			actor: { kind: 'cardholder', id: owner.cardholderId },
			action: 'application.sensitive_consent_withdrawn',
			subjectKind: 'application',
			subjectId: draft.id,
			cardholderId: owner.cardholderId,
			detail: { removed: removed.length },
		});
		return { ok: true, removed, pieces: await deletePiecesOf(trx, sensitive) } as const;
	});
	if (!outcome.ok) return outcome;
	await removeKept(outcome.removed, storage);
	for (const key of outcome.pieces) await storage.remove(key);
	return { ok: true, removed: outcome.removed.length };
}
