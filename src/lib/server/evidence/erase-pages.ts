import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import type { EvidenceRemoval } from '#lib/server/db/tables/application.ts';
import { markEvidenceRemoved } from '#lib/server/evidence/evidence.repository.ts';
import { deletePiecesOf } from '#lib/server/evidence/upload.repository.ts';

/** Pages of one application that are to go, why, and who makes them go. */
export interface Erasure {
	readonly applicationId: string;
	readonly cardholderId: string;
	readonly evidenceIds: readonly string[];
	readonly removal: EvidenceRemoval;
	readonly at: Date;
	readonly actor: Actor;
}

/**
 * Erases pages from the record: what stays is the row with its hash and why, and a line of the audit log for each. Returns how many
 * there were, and the storage keys whose bytes the caller removes once it has committed; until then a page is whole.
 */
export async function erasePages(trx: Trx, erasure: Erasure): Promise<{ erased: number; storageKeys: string[] }> {
	const { evidenceIds, removal, at, actor, applicationId, cardholderId } = erasure;
	const own = { applicationId, cardholderId };
	const pages = await markEvidenceRemoved(trx, evidenceIds, { at, removal }, own);
	const pieces = await deletePiecesOf(
		trx,
		pages.map(({ id }) => id),
	);
	for (const { id, kind, sha256 } of pages) {
		await appendAudit(trx, {
			actor,
			action: 'evidence.erased',
			subjectKind: 'evidence',
			subjectId: id,
			cardholderId,
			detail: { kind, reason: removal, sha256: sha256?.toString('hex') ?? null, applicationId },
		});
	}
	const kept = pages.flatMap(({ storageKey, thumbnailKey }) => [storageKey, thumbnailKey]);
	return { erased: pages.length, storageKeys: [...kept, ...pieces].filter((key) => key !== null) };
}
