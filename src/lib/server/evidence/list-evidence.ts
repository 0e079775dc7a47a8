import { type EvidenceKind, sensitivityOf } from '#lib/domain/application/evidence.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { selectEvidence } from '#lib/server/evidence/evidence.repository.ts';

/** One document as a page lists it. */
export interface ListedEvidence {
	readonly id: string;
	readonly kind: EvidenceKind;
	/** What the cardholder's device called the file. */
	readonly fileName: string;
	readonly contentType: 'image/jpeg' | 'image/png' | 'application/pdf';
	readonly byteSize: number;
	readonly hasThumbnail: boolean;
	readonly pageCount: number;
	readonly sensitivity: 'medical' | 'financial' | null;
	readonly receivedAt: Date;
}

/** The documents of an application that were not removed, oldest first. Whose it is, the caller has asked before. */
export async function listEvidence(db: DbOrTrx, applicationId: string): Promise<ListedEvidence[]> {
	const rows = await selectEvidence(db, applicationId);
	return rows.map(({ id, kind, fileName, contentType, byteSize, thumbnailKey, pageCount, receivedAt }) => ({
		id,
		kind,
		fileName,
		contentType,
		byteSize,
		hasThumbnail: thumbnailKey !== null,
		pageCount,
		sensitivity: sensitivityOf(kind) ?? null,
		receivedAt,
	}));
}
