import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { inspectPdf, type PdfRefusal } from '#lib/server/evidence/inspect-pdf.ts';
import { type ImageType, redrawImage } from '#lib/server/evidence/redraw-image.ts';
import type { EvidenceStorage, StagedFile } from '#lib/server/evidence/storage.ts';

/** A file that may be kept: what to put, and what the row will say of it. */
export interface PreparedFile {
	readonly contentType: ImageType | 'application/pdf';
	readonly whole: StagedFile;
	readonly thumbnail: StagedFile | null;
	readonly byteSize: number;
	readonly sha256: Buffer;
}

/** Why a file is not kept, whatever its name says. */
export type FileRefusal = 'not_supported' | PdfRefusal;

/**
 * Looks at what a staged file really is and makes it safe to keep: an image is drawn anew, a PDF is checked to be one
 * and kept as it is. The staged source is used up either way; the prepared files belong to the caller.
 */
export async function prepareFile(
	source: StagedFile,
	storage: EvidenceStorage,
): Promise<{ ok: true; file: PreparedFile } | { ok: false; refusal: FileRefusal }> {
	const type = (await fileTypeFromFile(source.path))?.mime;
	if (type === 'application/pdf') {
		const refusal = await inspectPdf(source.path);
		if (!refusal) return { ok: true, file: await describe(type, source, null) };
		await storage.discard(source);
		return { ok: false, refusal };
	}
	if (type !== 'image/jpeg' && type !== 'image/png') {
		await storage.discard(source);
		return { ok: false, refusal: 'not_supported' };
	}
	const [whole, thumbnail] = await Promise.all([storage.stage(), storage.stage()]);
	const redrawn = await redrawImage(source, type, { whole, thumbnail });
	await storage.discard(source);
	if (redrawn) return { ok: true, file: await describe(type, whole, thumbnail) };
	await Promise.all([storage.discard(whole), storage.discard(thumbnail)]);
	return { ok: false, refusal: 'unreadable' };
}

async function describe(
	contentType: PreparedFile['contentType'],
	whole: StagedFile,
	thumbnail: StagedFile | null,
): Promise<PreparedFile> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(whole.path)) hash.update(chunk as Buffer);
	const { size } = await stat(whole.path);
	return { contentType, whole, thumbnail, byteSize: size, sha256: hash.digest() };
}
