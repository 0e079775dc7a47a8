import { randomBytes, randomUUID } from 'node:crypto';
import { now } from '#lib/server/clock.ts';
import { open, seal } from '#lib/server/crypto/seal.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findCurrentKey, findKey, insertKey, type WrappedKey } from '#lib/server/evidence/evidence-key.repository.ts';

/** A data key, open: 32 bytes with which an application's evidence is encrypted. It is never kept so. */
export interface DataKey {
	readonly id: string;
	readonly bytes: Buffer;
}

/** The key with which to encrypt an application's evidence; made at its first document. */
export async function getDataKey(db: DbOrTrx, applicationId: string): Promise<DataKey> {
	const known = await findCurrentKey(db, applicationId);
	if (known) return unwrap(known);
	await insertKey(db, newKey(applicationId), now());
	const made = await findCurrentKey(db, applicationId);
	if (!made) throw new Error('a data key was made and is not there');
	return unwrap(made);
}

/** The bytes of the key that a document names; null for a document from before there were keys. Throws where the key is gone. */
export async function openDataKey(db: DbOrTrx, keyId: string | null): Promise<Buffer | null> {
	if (keyId === null) return null;
	const wrapped = await findKey(db, keyId);
	if (!wrapped) throw new Error('a document names a data key that is not there');
	return unwrap(wrapped).bytes;
}

/** A fresh key for an application, wrapped under the master key and bound to its id. */
export function newKey(applicationId: string): WrappedKey {
	const id = randomUUID();
	return { id, applicationId, wrapped: seal('evidence', randomBytes(32), id) };
}

function unwrap({ id, wrapped }: WrappedKey): DataKey {
	return { id, bytes: open('evidence', wrapped, id) };
}
