import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { FileRefusal } from '#lib/domain/application/evidence-limits.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import type { EvidenceRemoval, EvidenceState, EvidenceType } from '#lib/server/db/tables/application.ts';

/** One page as it is kept. `fileName` is what the cardholder called it. */
export interface EvidenceRow {
	readonly id: string;
	readonly applicationId: string;
	readonly cardholderId: string;
	readonly kind: EvidenceKind;
	readonly fileName: string;
	readonly contentType: EvidenceType;
	readonly byteSize: number;
	/** Null until it is ready. */
	readonly storageKey: string | null;
	readonly thumbnailKey: string | null;
	/** The data key its bytes are encrypted with; null for what was kept before there were keys. */
	readonly evidenceKeyId: string | null;
	/** 1 for an image, and for a PDF from before pages were counted. */
	readonly pageCount: number;
	readonly receivedAt: Date;
	readonly state: EvidenceState;
	readonly refusal: FileRefusal | null;
	/** Its place among the application's pages. */
	readonly position: number;
	/** Quarter turns to the right in which it is shown. */
	readonly turns: number;
}

/** What a page is when its bytes have come and nobody has looked into them yet. */
export type ReceivedEvidence = Pick<
	EvidenceRow,
	'applicationId' | 'cardholderId' | 'kind' | 'fileName' | 'contentType' | 'byteSize' | 'position' | 'receivedAt'
>;

/** What is known of a page once it was decoded and written anew. */
export type ReadyEvidence = Pick<EvidenceRow, 'contentType' | 'byteSize' | 'thumbnailKey' | 'pageCount'> & {
	readonly storageKey: string;
	readonly evidenceKeyId: string;
	readonly sha256: Buffer;
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
	'evidence.state',
	'evidence.refusal',
	'evidence.position',
	'evidence.turns',
] as const;

export async function insertReceived(trx: Trx, row: ReceivedEvidence): Promise<EvidenceRow> {
	const inserted = await trx
		.insertInto('evidence')
		.values({
			application_id: row.applicationId,
			cardholder_id: row.cardholderId,
			kind: row.kind,
			file_name: row.fileName,
			content_type: row.contentType,
			byte_size: row.byteSize,
			position: row.position,
			received_at: row.receivedAt,
			state: 'received',
		})
		.returning(COLUMNS)
		.executeTakeFirstOrThrow();
	return inserted as EvidenceRow;
}

/** A page, locked for this transaction; undefined where it is not kept any more. */
export async function lockEvidence(trx: Trx, id: string): Promise<EvidenceRow | undefined> {
	const row = await trx
		.selectFrom('evidence')
		.select(COLUMNS)
		.where('id', '=', id)
		.where('removed_at', 'is', null)
		.forUpdate()
		.executeTakeFirst();
	return row as EvidenceRow | undefined;
}

export async function saveReady(trx: Trx, id: string, ready: ReadyEvidence, at: Date): Promise<void> {
	await trx
		.updateTable('evidence')
		.set({
			state: 'ready',
			prepared_at: at,
			content_type: ready.contentType,
			byte_size: ready.byteSize,
			sha256: ready.sha256,
			storage_key: ready.storageKey,
			thumbnail_key: ready.thumbnailKey,
			evidence_key_id: ready.evidenceKeyId,
			page_count: ready.pageCount,
		})
		.where('id', '=', id)
		.execute();
}

export async function saveRefused(trx: Trx, id: string, refusal: FileRefusal, at: Date): Promise<void> {
	await trx.updateTable('evidence').set({ state: 'refused', refusal, prepared_at: at }).where('id', '=', id).execute();
}

/** Pages whose bytes came before an instant and were not looked into yet, the oldest first; so many. */
export async function listUnprepared(db: DbOrTrx, before: Date, most: number): Promise<string[]> {
	const rows = await db
		.selectFrom('evidence')
		.select('id')
		.where('state', '=', 'received')
		.where('removed_at', 'is', null)
		.where('received_at', '<', before)
		.orderBy('received_at')
		.limit(most)
		.execute();
	return rows.map(({ id }) => id);
}

/** What an application holds now, in its order. */
export async function selectEvidence(db: DbOrTrx, applicationId: string): Promise<EvidenceRow[]> {
	const rows = await db
		.selectFrom('evidence')
		.select(COLUMNS)
		.where('application_id', '=', applicationId)
		.where('removed_at', 'is', null)
		.orderBy('position')
		.orderBy('received_at')
		.orderBy('id')
		.execute();
	return rows as EvidenceRow[];
}

/** A page that is still kept, by its id; with an owner, only that person's. */
export async function findEvidence(
	db: DbOrTrx,
	evidenceId: string,
	owner?: { readonly cardholderId: string },
): Promise<EvidenceRow | undefined> {
	let query = db.selectFrom('evidence').select(COLUMNS).where('id', '=', evidenceId).where('removed_at', 'is', null);
	if (owner) query = query.where('cardholder_id', '=', owner.cardholderId);
	return (await query.executeTakeFirst()) as EvidenceRow | undefined;
}

/** A page that was just removed; the hash is of what was kept, null where it never was ready. */
export type RemovedEvidence = EvidenceRow & { readonly sha256: Buffer | null };

/** Marks pages of one application as removed and returns those that were there; neither their names nor their keys are named any more. */
export async function markEvidenceRemoved(
	trx: Trx,
	evidenceIds: readonly string[],
	{ at, removal }: { readonly at: Date; readonly removal: EvidenceRemoval },
	owner: { readonly applicationId: string; readonly cardholderId: string },
): Promise<RemovedEvidence[]> {
	if (evidenceIds.length === 0) return [];
	const rows = await trx
		.updateTable('evidence')
		.set({ removed_at: at, removal, file_name: '', evidence_key_id: null })
		.where('id', 'in', [...evidenceIds])
		.where('application_id', '=', owner.applicationId)
		.where('cardholder_id', '=', owner.cardholderId)
		.where('removed_at', 'is', null)
		.returning([...COLUMNS, 'evidence.sha256'])
		.execute();
	return rows as RemovedEvidence[];
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

/** What each page's bytes hash to; null until it is ready. */
export async function selectEvidenceHashes(
	db: DbOrTrx,
	applicationId: string,
): Promise<{ id: string; sha256: Buffer | null }[]> {
	return db
		.selectFrom('evidence')
		.select(['id', 'sha256'])
		.where('application_id', '=', applicationId)
		.where('removed_at', 'is', null)
		.execute();
}
