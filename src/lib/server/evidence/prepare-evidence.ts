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
import { chosenScanner } from '#lib/server/scan/chosen-scanner.ts';
import type { Scanner } from '#lib/server/scan/scanner.ts';
import { deletePiecesOf, listPiecesOf } from '#lib/server/evidence/upload.repository.ts';

/** What came of a look into a page; `idle` where there was nothing to do: it is gone, or somebody has looked already. */
export type Preparation = 'ready' | 'refused' | 'idle';

/**
 * Looks into a page that has arrived: scanned where the bank has a scanner, decoded and written anew in a process apart, encrypted, kept, and what it came as is gone. Until
 * then nobody can open it. Run twice or at once it has one effect. Rejects where it could not be done now; then it is tried again.
 */
export async function prepareEvidence(
	db: Db,
	evidenceId: string,
	{ storage = evidenceStorage(), scanner = chosenScanner() }: { storage?: EvidenceStorage; scanner?: Scanner } = {},
): Promise<Preparation> {
	const row = await findEvidence(db, evidenceId);
	if (row?.state !== 'received') return 'idle';
	const staged = await stagePieces(db, evidenceId, storage);
	if (scanner && !(await isClean(scanner, staged, storage))) {
		return settle(db, evidenceId, { refusal: 'infected', storage });
	}
	const prepared = await prepareFile(staged, storage, row.fileName);
	if (!prepared.ok) return settle(db, evidenceId, { refusal: prepared.refusal, storage });
	const ready = await keep(db, row, { file: prepared.file, storage });
	return settle(db, evidenceId, { ready, storage });
}

/** Asks the scanner. Where it gives no verdict the page stays as it came, seen by nobody, and is asked about again. */
async function isClean(scanner: Scanner, staged: StagedFile, storage: EvidenceStorage): Promise<boolean> {
	const scanned = await scanner.scan(staged.path).catch(async (fault: unknown) => {
		await storage.discard(staged);
		throw fault;
	});
	if (scanned.verdict === 'infected') await storage.discard(staged);
	return scanned.verdict === 'clean';
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
