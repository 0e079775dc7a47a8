import { type EvidenceRefusal, refusesEvidence } from '#lib/domain/application/evidence-limits.ts';
import type { DataKey } from '#lib/server/evidence/evidence-key.ts';
import type { NewEvidence } from '#lib/server/evidence/evidence.repository.ts';
import { type FileRefusal, prepareFile } from '#lib/server/evidence/prepare-file.ts';
import type { ReceivedFile } from '#lib/server/evidence/receive-upload.ts';
import type { EvidenceStorage } from '#lib/server/evidence/storage.ts';

/** A file whose bytes are kept already and whose row is yet to be written. */
export type KeptFile = Pick<
	NewEvidence,
	'fileName' | 'contentType' | 'byteSize' | 'sha256' | 'storageKey' | 'thumbnailKey' | 'evidenceKeyId' | 'pageCount'
>;

/** Why one file of a post was not taken; the others are. */
export interface RefusedFile {
	readonly fileName: string;
	readonly refusal: EvidenceRefusal | FileRefusal;
}

/** Where files are kept, and the key they are encrypted with. */
export interface Keeping {
	readonly storage: EvidenceStorage;
	readonly key: DataKey;
}

/** What an application holds so far. */
export interface Held {
	readonly files: number;
	readonly bytes: number;
}

/**
 * Prepares and keeps received files one after the other, so that one decoded image stands in memory at a time. Uses up
 * every staged file; where storage fails, nothing of the post is kept and the failure goes on.
 */
export async function keepFiles(
	files: readonly ReceivedFile[],
	before: Held,
	{ storage, key }: Keeping,
): Promise<{ kept: KeptFile[]; refused: RefusedFile[] }> {
	const kept: KeptFile[] = [];
	const refused: RefusedFile[] = [];
	let held = before;
	try {
		for (const file of files) {
			const outcome = await keepFile(file, held, { storage, key });
			if ('refusal' in outcome) refused.push(outcome);
			else {
				kept.push(outcome);
				held = { files: held.files + 1, bytes: held.bytes + outcome.byteSize };
			}
		}
	} catch (error) {
		await removeKept(kept, storage);
		for (const { staged } of files) await storage.discard(staged);
		throw error;
	}
	return { kept, refused };
}

async function keepFile(
	{ fileName, staged, byteSize }: ReceivedFile,
	held: Held,
	{ storage, key }: Keeping,
): Promise<KeptFile | RefusedFile> {
	const name = displayName(fileName);
	const beyond = refusesEvidence(byteSize, held);
	if (beyond) {
		await storage.discard(staged);
		return { fileName: name, refusal: beyond };
	}
	const prepared = await prepareFile(staged, storage);
	if (!prepared.ok) return { fileName: name, refusal: prepared.refusal };
	const { contentType, sha256, whole, thumbnail, byteSize: size, pageCount } = prepared.file;
	let storageKey: string | undefined;
	try {
		storageKey = await storage.put(whole, key.bytes);
		const thumbnailKey = await storage.put(thumbnail, key.bytes);
		const said = { fileName: name, contentType, byteSize: size, sha256, pageCount };
		return { ...said, storageKey, thumbnailKey, evidenceKeyId: key.id };
	} catch (error) {
		if (storageKey) await storage.remove(storageKey);
		await storage.discard(whole);
		await storage.discard(thumbnail);
		throw error;
	}
}

/** Takes kept bytes away again, where their rows could not be written or have been removed. */
export async function removeKept(
	kept: readonly Pick<KeptFile, 'storageKey' | 'thumbnailKey'>[],
	storage: EvidenceStorage,
): Promise<void> {
	for (const { storageKey, thumbnailKey } of kept) {
		await storage.remove(storageKey);
		if (thumbnailKey) await storage.remove(thumbnailKey);
	}
}

/** The file's own name, for the cardholder's list alone: no folders, nothing unprintable, at most 120 characters. */
function displayName(fileName: string): string {
	const name = fileName.split(/[\\/]/).at(-1) ?? '';
	return [...name.replace(/\p{C}/gu, '').trim()].slice(-120).join('') || '?';
}
