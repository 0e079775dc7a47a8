import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { FileRefusal } from '#lib/domain/application/evidence-limits.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import {
	type EvidenceRow,
	findEvidence,
	lockEvidence,
	type ReadyEvidence,
	saveReady,
	saveRefused,
} from '#lib/server/evidence/evidence.repository.ts';
import { getDataKey } from '#lib/server/evidence/evidence-key.ts';
import { type PreparedFile, prepareFile } from '#lib/server/evidence/prepare-file.ts';
import { readPieces } from '#lib/server/evidence/read-pieces.ts';
import { type EvidenceStorage, evidenceStorage, type StagedFile } from '#lib/server/evidence/storage.ts';
import { deletePiecesOf, listPiecesOf } from '#lib/server/evidence/upload.repository.ts';

/** What came of a look into a page; `idle` where there was nothing to do: it is gone, or somebody has looked already. */
export type Preparation = 'ready' | 'refused' | 'idle';

/**
 * Looks into a page that has arrived: decoded and written anew in a process apart, encrypted, kept, and what it came as is gone. Until
 * then nobody can open it. Run twice or at once it has one effect. Rejects where it could not be done now; then it is tried again.
 */
export async function prepareEvidence(
	db: Db,
	evidenceId: string,
	{ storage = evidenceStorage() }: { storage?: EvidenceStorage } = {},
): Promise<Preparation> {
	const row = await findEvidence(db, evidenceId);
	if (row?.state !== 'received') return 'idle';
	const staged = await stagePieces(db, evidenceId, storage);
	const prepared = await prepareFile(staged, storage);
	if (!prepared.ok) return settle(db, evidenceId, { refusal: prepared.refusal, storage });
	const ready = await keep(db, row, { file: prepared.file, storage });
	return settle(db, evidenceId, { ready, storage });
}

async function stagePieces(db: Db, evidenceId: string, storage: EvidenceStorage): Promise<StagedFile> {
	const pieces = await listPiecesOf(db, evidenceId);
	const staged = await storage.stage();
	try {
		await pipeline(readPieces(db, pieces, storage), createWriteStream(staged.path, { flags: 'r+' }));
		return staged;
	} catch (fault) {
		await storage.discard(staged);
		throw fault;
	}
}

async function keep(
	db: Db,
	{ applicationId }: EvidenceRow,
	{ file, storage }: { file: PreparedFile; storage: EvidenceStorage },
): Promise<ReadyEvidence> {
	const { whole, thumbnail, ...said } = file;
	const key = await getDataKey(db, applicationId);
	let storageKey: string | undefined;
	try {
		storageKey = await storage.put(whole, key.bytes);
		const thumbnailKey = await storage.put(thumbnail, key.bytes);
		return { ...said, storageKey, thumbnailKey, evidenceKeyId: key.id };
	} catch (fault) {
		if (storageKey) await storage.remove(storageKey);
		await Promise.all([storage.discard(whole), storage.discard(thumbnail)]);
		throw fault;
	}
}

interface Settling {
	readonly ready?: ReadyEvidence;
	readonly refusal?: FileRefusal;
	readonly storage: EvidenceStorage;
}

/** Writes what came of it, unless the page was removed or settled meanwhile; then what was kept for it goes again. */
async function settle(db: Db, evidenceId: string, { ready, refusal, storage }: Settling): Promise<Preparation> {
	const done = await db.transaction().execute(async (trx) => {
		const row = await lockEvidence(trx, evidenceId);
		if (row?.state !== 'received') return undefined;
		const at = now();
		if (ready) await saveReady(trx, evidenceId, ready, at);
		if (refusal) await saveRefused(trx, evidenceId, refusal, at);
		await tell(trx, row, refusal);
		return deletePiecesOf(trx, [evidenceId]);
	});
	const useless = done ?? [ready?.storageKey, ready?.thumbnailKey];
	for (const key of useless) if (key) await storage.remove(key);
	if (!done) return 'idle';
	return ready ? 'ready' : 'refused';
}

async function tell(trx: Trx, { id, cardholderId, kind }: EvidenceRow, refusal: FileRefusal | undefined) {
	await appendAudit(trx, {
		actor: { kind: 'system', id: null },
		action: refusal ? 'evidence.refused' : 'evidence.prepared',
		subjectKind: 'evidence',
		subjectId: id,
		cardholderId,
		detail: { kind, ...(refusal && { refusal }) },
	});
}
