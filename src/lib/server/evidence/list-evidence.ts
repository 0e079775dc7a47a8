import { type EvidenceKind, sensitivityOf } from '#lib/domain/application/evidence.ts';
import type { FileRefusal } from '#lib/domain/application/evidence-limits.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import type { EvidenceState, EvidenceType } from '#lib/server/db/tables/application.ts';
import { listChecks, type PageCheck } from '#lib/server/evidence/check.repository.ts';
import { selectEvidence } from '#lib/server/evidence/evidence.repository.ts';

/** One page as a list shows it: a photo, or a PDF with its sheets. */
export interface ListedEvidence {
	readonly id: string;
	readonly kind: EvidenceKind;
	/** What the cardholder's device called the file. */
	readonly fileName: string;
	readonly contentType: EvidenceType;
	readonly byteSize: number;
	readonly hasThumbnail: boolean;
	readonly pageCount: number;
	readonly sensitivity: 'medical' | 'financial' | null;
	readonly receivedAt: Date;
	/** Only what is ready can be looked at. */
	readonly state: EvidenceState;
	/** Why it could not be taken, where it was refused. */
	readonly refusal: FileRefusal | null;
	/** Quarter turns to the right in which it is shown. */
	readonly turns: number;
	/** What an agent found; null before one has looked. */
	readonly check: PageCheck | null;
}

/** The pages of an application that were not removed, in their order. Whose it is, the caller has asked before. */
export async function listEvidence(db: DbOrTrx, applicationId: string): Promise<ListedEvidence[]> {
	const rows = await selectEvidence(db, applicationId);
	const checks = await listChecks(
		db,
		rows.map(({ id }) => id),
	);
	return rows.map((row) => ({
		id: row.id,
		kind: row.kind,
		fileName: row.fileName,
		contentType: row.contentType,
		byteSize: row.byteSize,
		hasThumbnail: row.thumbnailKey !== null,
		pageCount: row.pageCount,
		sensitivity: sensitivityOf(row.kind) ?? null,
		receivedAt: row.receivedAt,
		state: row.state,
		refusal: row.refusal,
		turns: row.turns,
		check: checks.get(row.id) ?? null,
	}));
}

/** The kinds of which an application holds a page that was not refused: what counts as brought. */
export function kindsBrought(evidence: readonly ListedEvidence[]): EvidenceKind[] {
	return evidence.filter(({ state }) => state !== 'refused').map(({ kind }) => kind);
}
