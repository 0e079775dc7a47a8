import type { Trx } from '#lib/server/db/connect.ts';
import { moveEvidence } from '#lib/server/evidence/evidence.repository.ts';

/**
 * Moves the documents of one application to the one that takes its place, of the same person, and returns their ids: a
 * stored file belongs to one application at a time. What the first had, its caller notes in the audit log.
 */
export async function takeEvidenceAlong(
	trx: Trx,
	between: { from: string; to: string; cardholderId: string },
): Promise<readonly string[]> {
	return moveEvidence(trx, between);
}
