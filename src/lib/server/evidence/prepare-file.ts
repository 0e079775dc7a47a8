import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { FileRefusal } from '#lib/domain/application/evidence-limits.ts';
import type { EvidenceType } from '#lib/server/db/tables/application.ts';
import { contentTypeOf, HEAD_BYTES, notTaken } from '#lib/server/evidence/content-type.ts';
import { decode } from '#lib/server/evidence/decode/decode.ts';
import type { EvidenceStorage, StagedFile } from '#lib/server/evidence/storage.ts';

/** A file that may be kept: what to put, and what the row will say of it. */
export interface PreparedFile {
	readonly contentType: 'image/jpeg' | 'image/png' | 'application/pdf';
	readonly whole: StagedFile;
	readonly thumbnail: StagedFile;
	readonly byteSize: number;
	readonly sha256: Buffer;
	/** How many pages it has; 1 for an image. */
	readonly pageCount: number;
}

/**
 * Looks at what a staged file really is, whatever its name says, and makes it safe to keep in a process apart. An image is
 * drawn anew, and nothing of the bytes that came is left. A PDF is evidence as it is and stays so byte for byte, with
 * the script, links and files that it may hold: those are safe because nothing at the bank opens it. Its pages are
 * shown as pictures drawn in the process apart, by a renderer without script; the file itself is only ever a download.
 *
 * The staged source is used up either way; the prepared files belong to the caller.
 *
 * @param fileName tells a file that was only renamed from one that never pretended
 */
export async function prepareFile(
	source: StagedFile,
	storage: EvidenceStorage,
	fileName = '',
): Promise<{ ok: true; file: PreparedFile } | { ok: false; refusal: FileRefusal }> {
	const type = await typeOf(source);
	if (!type) {
		await storage.discard(source);
		return { ok: false, refusal: notTaken(fileName) };
	}
	const isPdf = type === 'application/pdf';
	const [whole, thumbnail] = await Promise.all([isPdf ? source : storage.stage(), storage.stage()]);
	const paths = { source: source.path, thumbnail: thumbnail.path };
	const decoded = isPdf
		? await decode({ kind: 'pdf', ...paths })
		: await decode({ kind: 'image', type, whole: whole.path, ...paths });
	if (!isPdf) await storage.discard(source);
	const contentType = KEPT_AS[type];
	// A process that a file took over may call anything a picture: its word alone is not taken for it.
	const isKept = decoded.ok && (await typeOf(whole)) === contentType && (await typeOf(thumbnail)) === 'image/jpeg';
	if (!isKept) {
		await Promise.all([storage.discard(whole), storage.discard(thumbnail)]);
		return decoded.ok ? { ok: false, refusal: 'unreadable' } : decoded;
	}
	return { ok: true, file: { contentType, whole, thumbnail, pageCount: decoded.pages, ...(await describe(whole)) } };
}

const KEPT_AS: Readonly<Record<EvidenceType, PreparedFile['contentType']>> = {
	'image/jpeg': 'image/jpeg',
	'image/png': 'image/png',
	'image/webp': 'image/jpeg',
	'image/heic': 'image/jpeg',
	'application/pdf': 'application/pdf',
};

/** However large the file, this process itself reads no more of it than its head. */
async function typeOf({ path }: StagedFile): Promise<EvidenceType | undefined> {
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
		return await contentTypeOf(buffer.subarray(0, bytesRead));
	} finally {
		await file.close();
	}
}

async function describe(whole: StagedFile): Promise<Pick<PreparedFile, 'byteSize' | 'sha256'>> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(whole.path)) hash.update(chunk as Buffer);
	const { size } = await stat(whole.path);
	return { byteSize: size, sha256: hash.digest() };
}
