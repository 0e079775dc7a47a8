import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { decode } from '#lib/server/evidence/decode/decode.ts';
import type { FileRefusal } from '#lib/domain/application/evidence-limits.ts';
import type { Decoded, ImageSource } from '#lib/server/evidence/decode/job.ts';
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
 * Looks at what a staged file really is and makes it safe to keep, in a process apart: an image is drawn anew, a PDF is
 * counted and kept as it is. The staged source is used up either way; the prepared files belong to the caller.
 */
export async function prepareFile(
	source: StagedFile,
	storage: EvidenceStorage,
): Promise<{ ok: true; file: PreparedFile } | { ok: false; refusal: FileRefusal }> {
	const type = (await fileTypeFromFile(source.path))?.mime ?? '';
	const isPdf = type === 'application/pdf';
	const image = IMAGES[type];
	if (!isPdf && !image) {
		await storage.discard(source);
		return { ok: false, refusal: 'not_supported' };
	}
	const [whole, thumbnail] = await Promise.all([isPdf ? source : storage.stage(), storage.stage()]);
	const staged = { source: source.path, whole: whole.path, thumbnail: thumbnail.path };
	const decoded: Decoded = image
		? await decode({ kind: 'image', type: image, ...staged })
		: await decode({ kind: 'pdf', source: staged.source, thumbnail: staged.thumbnail });
	if (!isPdf) await storage.discard(source);
	if (!decoded.ok) {
		await Promise.all([storage.discard(whole), storage.discard(thumbnail)]);
		return decoded;
	}
	const contentType = isPdf ? 'application/pdf' : image === 'image/png' ? image : 'image/jpeg';
	return { ok: true, file: { contentType, whole, thumbnail, pageCount: decoded.pages, ...(await describe(whole)) } };
}

/** What is taken, by what the content says it is. */
const IMAGES: Readonly<Record<string, ImageSource | undefined>> = {
	'image/jpeg': 'image/jpeg',
	'image/png': 'image/png',
	'image/webp': 'image/webp',
	'image/heic': 'image/heic',
	'image/heif': 'image/heic',
};

async function describe(whole: StagedFile): Promise<Pick<PreparedFile, 'byteSize' | 'sha256'>> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(whole.path)) hash.update(chunk as Buffer);
	const { size } = await stat(whole.path);
	return { byteSize: size, sha256: hash.digest() };
}
