import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { selectEvidenceHashes } from '#lib/server/evidence/evidence.repository.ts';

/** The SHA-256 of each page of an application, in hex, by the page's id; of what is not ready there is none. */
export async function listEvidenceHashes(db: DbOrTrx, applicationId: string): Promise<ReadonlyMap<string, string>> {
	const rows = await selectEvidenceHashes(db, applicationId);
	return new Map(rows.flatMap(({ id, sha256 }) => (sha256 ? [[id, sha256.toString('hex')] as const] : [])));
}
