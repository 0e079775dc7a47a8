import type { Selectable } from 'kysely';
import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import type { Database } from '#lib/server/db/schema.ts';
import type { EvidenceType } from '#lib/server/db/tables/application.ts';

/** A page on its way: what of it has arrived, and the page that it became. */
export interface Upload {
	readonly id: string;
	readonly applicationId: string;
	readonly kind: EvidenceKind;
	readonly fileName: string;
	readonly byteSize: number;
	readonly received: number;
	/** Null while too few bytes have come to tell. */
	readonly contentType: EvidenceType | null;
	readonly replacesId: string | null;
	readonly consented: boolean;
	readonly evidenceId: string | null;
}

/** What an upload begins with. */
export type NewUpload = Omit<Upload, 'id' | 'received' | 'evidenceId'> & {
	readonly cardholderId: string;
	readonly clientId: string;
	readonly at: Date;
};

/** Bytes of an upload as they are kept. */
export interface Piece {
	readonly start: number;
	readonly byteSize: number;
	readonly storageKey: string;
	readonly evidenceKeyId: string;
}

type Row = Selectable<Database['evidence_upload']>;

function uploadOf(row: Row): Upload {
	return {
		id: row.id,
		applicationId: row.application_id,
		kind: row.kind as EvidenceKind,
		fileName: row.file_name,
		byteSize: row.byte_size,
		received: row.received,
		contentType: row.content_type,
		replacesId: row.replaces_id,
		consented: row.consented,
		evidenceId: row.evidence_id,
	};
}

/** Begins an upload, or finds the one that the same file was begun as before. */
export async function insertUpload(trx: Trx, upload: NewUpload): Promise<Upload> {
	const { applicationId, cardholderId, clientId } = upload;
	await trx
		.insertInto('evidence_upload')
		.values({
			application_id: applicationId,
			cardholder_id: cardholderId,
			client_id: clientId,
			kind: upload.kind,
			file_name: upload.fileName,
			byte_size: upload.byteSize,
			content_type: upload.contentType,
			replaces_id: upload.replacesId,
			consented: upload.consented,
			created_at: upload.at,
			touched_at: upload.at,
		})
		.onConflict((conflict) => conflict.columns(['application_id', 'client_id']).doNothing())
		.execute();
	const row = await trx
		.selectFrom('evidence_upload')
		.selectAll()
		.where('application_id', '=', applicationId)
		.where('cardholder_id', '=', cardholderId)
		.where('client_id', '=', clientId)
		.executeTakeFirstOrThrow();
	return uploadOf(row);
}

/** The upload that somebody began for their account under a sender's mark; undefined where there is none. */
export async function selectUploadBegun(
	db: DbOrTrx,
	owner: { readonly cardholderId: string; readonly accountId: string },
	clientId: string,
): Promise<Upload | undefined> {
	const row = await db
		.selectFrom('evidence_upload')
		.innerJoin('application', 'application.id', 'application_id')
		.selectAll('evidence_upload')
		.where('evidence_upload.cardholder_id', '=', owner.cardholderId)
		.where('account_id', '=', owner.accountId)
		.where('client_id', '=', clientId)
		.executeTakeFirst();
	return row && uploadOf(row);
}

/** Somebody's own upload. */
export async function selectUpload(db: DbOrTrx, id: string, cardholderId: string): Promise<Upload | undefined> {
	const row = await db
		.selectFrom('evidence_upload')
		.selectAll()
		.where('id', '=', id)
		.where('cardholder_id', '=', cardholderId)
		.executeTakeFirst();
	return row && uploadOf(row);
}

/** Counts bytes as arrived, if and only if they follow what had arrived before; of two at once one is counted. */
export async function advanceUpload(
	trx: Trx,
	id: string,
	{ from, byteSize, contentType, at }: { from: number; byteSize: number; contentType: EvidenceType | null; at: Date },
): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('evidence_upload')
		.set({ received: from + byteSize, touched_at: at })
		.$if(contentType !== null, (query) => query.set({ content_type: contentType }))
		.where('id', '=', id)
		.where('received', '=', from)
		.where('evidence_id', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

export async function insertPiece(trx: Trx, uploadId: string, piece: Piece): Promise<void> {
	await trx
		.insertInto('evidence_piece')
		.values({
			upload_id: uploadId,
			start: piece.start,
			byte_size: piece.byteSize,
			storage_key: piece.storageKey,
			evidence_key_id: piece.evidenceKeyId,
		})
		.execute();
}

/** Says which page an upload became. */
export async function saveUploaded(trx: Trx, id: string, evidenceId: string): Promise<void> {
	await trx.updateTable('evidence_upload').set({ evidence_id: evidenceId }).where('id', '=', id).execute();
}

/** The bytes that a page came as, in their order; none once it is ready or refused. */
export async function listPiecesOf(db: DbOrTrx, evidenceId: string): Promise<Piece[]> {
	return db
		.selectFrom('evidence_piece')
		.innerJoin('evidence_upload', 'evidence_upload.id', 'upload_id')
		.select(['start', 'evidence_piece.byte_size as byteSize', 'storage_key as storageKey'])
		.select('evidence_key_id as evidenceKeyId')
		.where('evidence_id', '=', evidenceId)
		.orderBy('start')
		.execute();
}

/** What has arrived of an upload, in its order. */
export async function listPiecesOfUpload(db: DbOrTrx, uploadId: string): Promise<Piece[]> {
	return db
		.selectFrom('evidence_piece')
		.select(['start', 'byte_size as byteSize', 'storage_key as storageKey', 'evidence_key_id as evidenceKeyId'])
		.where('upload_id', '=', uploadId)
		.orderBy('start')
		.execute();
}

/** Forgets the pieces of pages and how their files were called; where the bytes lie is returned, to be removed. */
export async function deletePiecesOf(trx: Trx, evidenceIds: readonly string[]): Promise<string[]> {
	if (evidenceIds.length === 0) return [];
	await trx
		.updateTable('evidence_upload')
		.set({ file_name: '' })
		.where('evidence_id', 'in', [...evidenceIds])
		.execute();
	const rows = await trx
		.deleteFrom('evidence_piece')
		.where('upload_id', 'in', (query) =>
			query
				.selectFrom('evidence_upload')
				.select('id')
				.where('evidence_id', 'in', [...evidenceIds]),
		)
		.returning('storage_key as storageKey')
		.execute();
	return rows.map(({ storageKey }) => storageKey);
}

/** Forgets an upload that became no page, with its pieces; where their bytes lie is returned, to be removed. */
export async function deleteUpload(trx: Trx, id: string): Promise<string[]> {
	const pieces = await trx
		.deleteFrom('evidence_piece')
		.where('upload_id', '=', id)
		.returning('storage_key as storageKey')
		.execute();
	await trx.deleteFrom('evidence_upload').where('id', '=', id).where('evidence_id', 'is', null).execute();
	return pieces.map(({ storageKey }) => storageKey);
}

/** Forgets what is on its way to an application as one of these kinds; where the bytes lie is returned, to be removed. */
export async function deleteUploadsOf(
	trx: Trx,
	applicationId: string,
	kinds: readonly EvidenceKind[],
): Promise<string[]> {
	const uploads = await trx
		.selectFrom('evidence_upload')
		.select('id')
		.where('application_id', '=', applicationId)
		.where('kind', 'in', [...kinds])
		.where('evidence_id', 'is', null)
		.execute();
	const keys: string[] = [];
	for (const { id } of uploads) keys.push(...(await deleteUpload(trx, id)));
	return keys;
}

/** What is on its way to an application, and is no page yet. */
export async function sumUploads(
	db: DbOrTrx,
	applicationId: string,
	since: Date,
): Promise<{ files: number; bytes: number }> {
	const row = await db
		.selectFrom('evidence_upload')
		.select(({ fn }) => [fn.countAll().as('files'), fn.sum('byte_size').as('bytes')])
		.where('application_id', '=', applicationId)
		.where('evidence_id', 'is', null)
		.where('touched_at', '>', since)
		.executeTakeFirstOrThrow();
	return { files: Number(row.files), bytes: Number(row.bytes ?? 0) };
}

/** Uploads that nothing was added to since an instant and that have no more use; so many. */
export async function listStaleUploads(db: DbOrTrx, before: Date, most: number): Promise<string[]> {
	const rows = await db
		.selectFrom('evidence_upload')
		.select('id')
		.where('touched_at', '<', before)
		.where('evidence_id', 'is', null)
		.limit(most)
		.execute();
	return rows.map(({ id }) => id);
}
