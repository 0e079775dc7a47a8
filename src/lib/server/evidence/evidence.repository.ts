import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** One document as it is kept. `fileName` is what the cardholder called it; `number` counts within the application. */
export interface EvidenceRow {
	readonly id: string;
	readonly applicationId: string;
	readonly cardholderId: string;
	readonly kind: EvidenceKind;
	readonly fileName: string;
	readonly contentType: 'image/jpeg' | 'image/png' | 'application/pdf';
	readonly byteSize: number;
	readonly storageKey: string;
	readonly thumbnailKey: string | null;
	/** The data key its bytes are encrypted with; null for what was kept before there were keys. */
	readonly evidenceKeyId: string | null;
	/** 1 for an image, and for a PDF from before pages were counted. */
	readonly pageCount: number;
	readonly receivedAt: Date;
}

/** What a new row is made of. */
export type NewEvidence = Omit<EvidenceRow, 'id' | 'receivedAt'> & {
	readonly sha256: Buffer;
	readonly receivedAt: Date;
};

const COLUMNS = [
	'evidence.id',
	'evidence.application_id as applicationId',
	'evidence.cardholder_id as cardholderId',
	'evidence.kind',
	'evidence.file_name as fileName',
	'evidence.content_type as contentType',
	'evidence.byte_size as byteSize',
	'evidence.storage_key as storageKey',
	'evidence.thumbnail_key as thumbnailKey',
	'evidence.evidence_key_id as evidenceKeyId',
	'evidence.page_count as pageCount',
	'evidence.received_at as receivedAt',
] as const;

export async function insertEvidence(trx: Trx, rows: readonly NewEvidence[]): Promise<string[]> {
	if (rows.length === 0) return [];
	const inserted = await trx
		.insertInto('evidence')
		.values(
			rows.map((row) => ({
				application_id: row.applicationId,
				cardholder_id: row.cardholderId,
				kind: row.kind,
				file_name: row.fileName,
				content_type: row.contentType,
				byte_size: row.byteSize,
				sha256: row.sha256,
				storage_key: row.storageKey,
				thumbnail_key: row.thumbnailKey,
				evidence_key_id: row.evidenceKeyId,
				page_count: row.pageCount,
				received_at: row.receivedAt,
			})),
		)
		.returning('id')
		.execute();
	return inserted.map(({ id }) => id);
}

/** What an application holds now, oldest first. */
export async function selectEvidence(db: DbOrTrx, applicationId: string): Promise<EvidenceRow[]> {
	const rows = await db
		.selectFrom('evidence')
		.select(COLUMNS)
		.where('application_id', '=', applicationId)
		.where('removed_at', 'is', null)
		.orderBy('received_at')
		.orderBy('id')
		.execute();
	return rows as EvidenceRow[];
}

/** A document that is still kept, by its id; with an owner, only that person's. */
export async function selectOneEvidence(
	db: DbOrTrx,
	evidenceId: string,
	owner?: { readonly cardholderId: string },
): Promise<EvidenceRow | undefined> {
	let query = db.selectFrom('evidence').select(COLUMNS).where('id', '=', evidenceId).where('removed_at', 'is', null);
	if (owner) query = query.where('cardholder_id', '=', owner.cardholderId);
	return (await query.executeTakeFirst()) as EvidenceRow | undefined;
}

/** Marks documents of one application as removed and returns those that were there. */
export async function markEvidenceRemoved(
	trx: Trx,
	evidenceIds: readonly string[],
	at: Date,
	owner: { readonly applicationId: string; readonly cardholderId: string },
): Promise<EvidenceRow[]> {
	if (evidenceIds.length === 0) return [];
	const rows = await trx
		.updateTable('evidence')
		.set({ removed_at: at })
		.where('id', 'in', [...evidenceIds])
		.where('application_id', '=', owner.applicationId)
		.where('cardholder_id', '=', owner.cardholderId)
		.where('removed_at', 'is', null)
		.returning(COLUMNS)
		.execute();
	return rows as EvidenceRow[];
}

/** Moves what an application holds now to another of the same person; the ids of what moved. */
export async function moveEvidence(
	trx: Trx,
	{ from, to, cardholderId }: { from: string; to: string; cardholderId: string },
): Promise<string[]> {
	const rows = await trx
		.updateTable('evidence')
		.set({ application_id: to })
		.where('application_id', '=', from)
		.where('cardholder_id', '=', cardholderId)
		.where('removed_at', 'is', null)
		.returning('id')
		.execute();
	return rows.map(({ id }) => id);
}
