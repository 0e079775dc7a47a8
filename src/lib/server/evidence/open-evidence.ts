import type { Readable } from 'node:stream';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { type EvidenceRow, findEvidence } from '#lib/server/evidence/evidence.repository.ts';
import { openDataKey } from '#lib/server/evidence/evidence-key.ts';
import { type EvidenceStorage, evidenceStorage } from '#lib/server/evidence/storage.ts';

/** The document itself, or the small picture of it (always JPEG, and only of images). */
export type EvidenceVariant = 'original' | 'thumbnail';

/** Who looks. A cardholder sees their own; which staff may look is the area's and the lease's question, asked before. */
export type EvidenceViewer =
	| { readonly kind: 'cardholder'; readonly id: string }
	| { readonly kind: 'staff'; readonly id: string; readonly applicationId?: string };

/** A document on its way to a reader; `fileName` is of our making and says nothing of whose it is. */
export interface OpenedEvidence {
	readonly body: Readable;
	readonly contentType: ReadyRow['contentType'];
	readonly fileName: string;
}

interface Request {
	readonly evidenceId: string;
	readonly variant: EvidenceVariant;
	readonly viewer: EvidenceViewer;
	readonly storage?: EvidenceStorage;
}

/**
 * Opens a document, or undefined where there is none for this viewer: removed, without a thumbnail, another's, or (for
 * staff who name one) of another application. A look by staff is in the audit log before the first byte leaves.
 */
export async function openEvidence(
	db: Db,
	{ evidenceId, variant, viewer, storage = evidenceStorage() }: Request,
): Promise<OpenedEvidence | undefined> {
	const row = await findViewable(db, evidenceId, viewer);
	if (!row) return undefined;
	const key = variant === 'thumbnail' ? row.thumbnailKey : row.storageKey;
	if (key === null) return undefined;
	await auditLook(db, row, { what: variant, viewer });
	const contentType = variant === 'thumbnail' ? 'image/jpeg' : row.contentType;
	const dataKey = await openDataKey(db, row.evidenceKeyId);
	return { body: await storage.open(key, dataKey), contentType, fileName: ownName(row, contentType) };
}

/** A page that can be looked at. */
export type ReadyRow = EvidenceRow & {
	readonly storageKey: string;
	readonly contentType: 'image/jpeg' | 'image/png' | 'application/pdf';
};

/** Before it was scanned, decoded and written anew nobody looks at a page. */
function readyOf(row: EvidenceRow | undefined): ReadyRow | undefined {
	return row?.state === 'ready' ? (row as ReadyRow) : undefined;
}

/** The page, where it is there for this viewer and ready. */
export async function findViewable(db: Db, evidenceId: string, viewer: EvidenceViewer): Promise<ReadyRow | undefined> {
	const owner = viewer.kind === 'cardholder' ? { cardholderId: viewer.id } : undefined;
	const row = await findEvidence(db, evidenceId, owner);
	const named = viewer.kind === 'staff' ? viewer.applicationId : undefined;
	return named === undefined || named === row?.applicationId ? readyOf(row) : undefined;
}

/** Writes a look by staff into the audit log; whoever looks at their own leaves no trace. */
export async function auditLook(
	db: Db,
	row: EvidenceRow,
	{ what, viewer }: { what: string; viewer: EvidenceViewer },
): Promise<void> {
	if (viewer.kind !== 'staff') return;
	await db.transaction().execute((trx) =>
		appendAudit(trx, {
			actor: { kind: 'staff', id: viewer.id },
			action: 'evidence.opened',
			subjectKind: 'evidence',
			subjectId: row.id,
			cardholderId: row.cardholderId,
			detail: { variant: what, applicationId: row.applicationId },
		}),
	);
}

const ENDINGS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'application/pdf': 'pdf' } as const;

/** A name for a download, of our own making. */
export function ownName({ id, kind }: Pick<EvidenceRow, 'id' | 'kind'>, contentType: keyof typeof ENDINGS): string {
	return `${kind.replaceAll('_', '-')}-${id.slice(0, 8)}.${ENDINGS[contentType]}`;
}
