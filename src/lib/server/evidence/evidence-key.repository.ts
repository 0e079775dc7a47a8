import { sql } from 'kysely';
import type { Db, DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** A data key as it is kept: wrapped under the master key. */
export interface WrappedKey {
	readonly id: string;
	readonly applicationId: string;
	readonly wrapped: Buffer;
}

const COLUMNS = ['id', 'application_id as applicationId', 'wrapped'] as const;

/** The key with which an application's evidence is encrypted now. */
export async function findCurrentKey(db: DbOrTrx, applicationId: string): Promise<WrappedKey | undefined> {
	return db
		.selectFrom('evidence_key')
		.select(COLUMNS)
		.where('application_id', '=', applicationId)
		.where('retired_at', 'is', null)
		.executeTakeFirst();
}

export async function findKey(db: DbOrTrx, id: string): Promise<WrappedKey | undefined> {
	return db.selectFrom('evidence_key').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** Keeps a key as the application's current one; where another process was first, nothing is kept. */
export async function insertKey(db: DbOrTrx, { id, applicationId, wrapped }: WrappedKey, at: Date): Promise<void> {
	await db
		.insertInto('evidence_key')
		.values({ id, application_id: applicationId, wrapped, created_at: at })
		.onConflict((conflict) => conflict.column('application_id').where('retired_at', 'is', null).doNothing())
		.execute();
}

export async function retireKey(trx: Trx, applicationId: string, at: Date): Promise<void> {
	await trx
		.updateTable('evidence_key')
		.set({ retired_at: at })
		.where('application_id', '=', applicationId)
		.where('retired_at', 'is', null)
		.execute();
}

/** Removes keys retired before an instant with which nothing is encrypted any more: what they could open is gone with them. */
export async function deleteUnusedKeys(db: DbOrTrx, before: Date): Promise<number> {
	const { numDeletedRows } = await db
		.deleteFrom('evidence_key')
		.where('retired_at', '<', before)
		.where(({ not, exists, selectFrom }) =>
			not(exists(selectFrom('evidence').select('evidence.id').whereRef('evidence_key_id', '=', 'evidence_key.id'))),
		)
		.where(({ not, exists, selectFrom }) =>
			not(exists(selectFrom('evidence_piece').select('upload_id').whereRef('evidence_key_id', '=', 'evidence_key.id'))),
		)
		.executeTakeFirst();
	return Number(numDeletedRows);
}

/**
 * Removes the keys of applications that are over and of which no page is kept any more: no copy of the bytes, wherever one may lie, can
 * be opened after that. A page that went on to another application takes its key along.
 */
export async function deleteKeysOfErased(db: DbOrTrx): Promise<number> {
	const { numAffectedRows = 0n } = await sql`
		delete from evidence_key k using application a
		where a.id = k.application_id and a.status in ('approved', 'declined', 'withdrawn')
			and not exists (select from evidence e where e.application_id = a.id and e.removed_at is null)
			and not exists (select from evidence e where e.evidence_key_id = k.id)
			and not exists (select from evidence_piece p where p.evidence_key_id = k.id)`.execute(db);
	return Number(numAffectedRows);
}

/** A kept document whose bytes are to be encrypted anew. */
export interface Encrypted {
	readonly id: string;
	readonly applicationId: string;
	readonly storageKey: string;
	readonly thumbnailKey: string | null;
	readonly evidenceKeyId: string | null;
}

/** Applications that hold evidence, after an id, by id. */
export async function listApplicationsWithEvidence(db: Db, after: string, most: number): Promise<string[]> {
	const rows = await db
		.selectFrom('evidence')
		.select('application_id as applicationId')
		.distinct()
		.where('removed_at', 'is', null)
		.where('application_id', '>', after)
		.orderBy('application_id')
		.limit(most)
		.execute();
	return rows.map(({ applicationId }) => applicationId);
}

/** What of an application's evidence is not encrypted with a certain key. */
export async function listOtherwiseEncrypted(db: Db, applicationId: string, keyId: string): Promise<Encrypted[]> {
	return db
		.selectFrom('evidence')
		.select(['id', 'application_id as applicationId', 'storage_key as storageKey', 'thumbnail_key as thumbnailKey'])
		.select('evidence_key_id as evidenceKeyId')
		.where('application_id', '=', applicationId)
		.where('removed_at', 'is', null)
		.where('state', '=', 'ready')
		.$narrowType<{ storageKey: string }>()
		.where(sql<boolean>`evidence_key_id is distinct from ${keyId}`)
		.execute();
}

/** Points a document to its bytes encrypted anew; false where it was removed or moved meanwhile. */
export async function saveEncrypted(
	db: Db,
	before: Encrypted,
	after: Pick<Encrypted, 'storageKey' | 'thumbnailKey'> & { evidenceKeyId: string },
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('evidence')
		.set({
			storage_key: after.storageKey,
			thumbnail_key: after.thumbnailKey,
			evidence_key_id: after.evidenceKeyId,
		})
		.where('id', '=', before.id)
		.where('storage_key', '=', before.storageKey)
		.where('removed_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** Which of some storage keys a living document, or a page on its way, names. */
export async function listNamedKeys(db: Db, storageKeys: readonly string[]): Promise<Set<string>> {
	const { rows } = await sql<{ key: string }>`
		select k.key from unnest(${[...storageKeys]}::text[]) as k (key)
		where exists (select from evidence e
			where e.removed_at is null and (e.storage_key = k.key or e.thumbnail_key = k.key))
			or exists (select from evidence_piece p where p.storage_key = k.key)`.execute(db);
	return new Set(rows.map(({ key }) => key));
}
