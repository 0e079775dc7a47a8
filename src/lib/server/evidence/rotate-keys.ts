import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import {
	type Encrypted,
	insertKey,
	listApplicationsWithEvidence,
	listOtherwiseEncrypted,
	retireKey,
	saveEncrypted,
} from '#lib/server/evidence/evidence-key.repository.ts';
import { type DataKey, getDataKey, newKey, openDataKey } from '#lib/server/evidence/evidence-key.ts';
import { type EvidenceStorage, evidenceStorage } from '#lib/server/evidence/storage.ts';
import { ObjectMissing } from '#lib/server/storage/object-store.ts';
import { pipeline } from 'node:stream/promises';
import { createWriteStream } from 'node:fs';

/** How far a change of keys has come. */
export interface Rotated {
	applications: number;
	documents: number;
	/** Ids of documents whose bytes are not there any more; they keep their key. */
	missing: string[];
}

const PAGE = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Gives every application with evidence a new data key and encrypts its documents anew. Broken off, it is simply begun again;
 * documents can be read and attached meanwhile, since each names its key. Old keys go with the next sweep.
 */
export async function rotateKeys(
	db: Db,
	{ storage = evidenceStorage(), progress }: { storage?: EvidenceStorage; progress?: (so: Rotated) => void } = {},
): Promise<Rotated> {
	const done: Rotated = { applications: 0, documents: 0, missing: [] };
	let after = FIRST;
	for (;;) {
		const page = await listApplicationsWithEvidence(db, after, PAGE);
		for (const applicationId of page) {
			await replaceKey(db, applicationId);
			const key = await getDataKey(db, applicationId);
			for (const document of await listOtherwiseEncrypted(db, applicationId, key.id)) {
				const outcome = await encryptAnew(db, storage, document, key);
				if (outcome === 'done') done.documents += 1;
				if (outcome === 'missing') done.missing.push(document.id);
			}
			done.applications += 1;
			progress?.(done);
		}
		if (page.length < PAGE) return done;
		after = page.at(-1) ?? after;
	}
}

async function replaceKey(db: Db, applicationId: string): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const at = now();
		await retireKey(trx, applicationId, at);
		await insertKey(trx, newKey(applicationId), at);
		await appendAudit(trx, {
			actor: { kind: 'command', id: null },
			action: 'evidence_key.replaced',
			subjectKind: 'application',
			subjectId: applicationId,
		});
	});
}

async function encryptAnew(
	db: Db,
	storage: EvidenceStorage,
	before: Encrypted,
	key: DataKey,
): Promise<'done' | 'missing' | 'gone'> {
	const old = await openDataKey(db, before.evidenceKeyId);
	const copies = await copyBoth(storage, before, old, key);
	if (!copies) return 'missing';
	const saved = await saveEncrypted(db, before, { ...copies, evidenceKeyId: key.id });
	const useless = saved ? before : copies;
	await storage.remove(useless.storageKey);
	if (useless.thumbnailKey) await storage.remove(useless.thumbnailKey);
	return saved ? 'done' : 'gone';
}

async function copyBoth(storage: EvidenceStorage, before: Encrypted, old: Buffer | null, key: DataKey) {
	try {
		const storageKey = await copy(storage, before.storageKey, old, key);
		const thumbnailKey = before.thumbnailKey && (await copy(storage, before.thumbnailKey, old, key));
		return { storageKey, thumbnailKey };
	} catch (fault) {
		if (fault instanceof ObjectMissing) return undefined;
		throw fault;
	}
}

async function copy(storage: EvidenceStorage, from: string, old: Buffer | null, key: DataKey): Promise<string> {
	const staged = await storage.stage();
	try {
		await pipeline(await storage.open(from, old), createWriteStream(staged.path, { flags: 'r+' }));
		return await storage.put(staged, key.bytes);
	} finally {
		await storage.discard(staged);
	}
}
