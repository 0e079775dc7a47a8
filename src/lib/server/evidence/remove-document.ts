import { changeDraft, type DraftRefusal, lockDraft, type Owner } from '#lib/server/application/draft.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { markEvidenceRemoved } from '#lib/server/evidence/evidence.repository.ts';
import { removeKept } from '#lib/server/evidence/remove-kept.ts';
import { type EvidenceStorage, evidenceStorage } from '#lib/server/evidence/storage.ts';
import { deletePiecesOf } from '#lib/server/evidence/upload.repository.ts';

interface Request {
	readonly owner: Owner;
	readonly evidenceId: string;
	readonly at: Date;
	readonly storage?: EvidenceStorage;
}

/** Removes a document from the owner's draft, first from the record and then its bytes; another's is not found. */
export async function removeDocument(
	db: Db,
	{ owner, evidenceId, at, storage = evidenceStorage() }: Request,
): Promise<{ ok: true } | { ok: false; refusal: DraftRefusal | 'not_found' }> {
	const outcome = await db.transaction().execute(async (trx) => {
		const locked = await lockDraft(trx, owner);
		if (!locked.ok) return locked;
		const { draft } = locked;
		const [removed] = await markEvidenceRemoved(
			trx,
			[evidenceId],
			{ at, removal: 'by_cardholder' },
			{
				applicationId: draft.id,
				cardholderId: owner.cardholderId,
			},
		);
		if (!removed) return { ok: false, refusal: 'not_found' } as const;
		await changeDraft(trx, draft, at, {});
		await appendAudit(trx, {
			actor: { kind: 'cardholder', id: owner.cardholderId },
			action: 'evidence.removed',
			subjectKind: 'evidence',
			subjectId: evidenceId,
			cardholderId: owner.cardholderId,
			detail: { kind: removed.kind },
		});
		return { ok: true, removed, pieces: await deletePiecesOf(trx, [evidenceId]) } as const;
	});
	if (!outcome.ok) return outcome;
	await removeKept([outcome.removed], storage);
	for (const key of outcome.pieces) await storage.remove(key);
	return { ok: true };
}
