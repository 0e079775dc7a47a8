import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import busboy from 'busboy';
import { DEFAULT_EVIDENCE_LIMITS } from '#lib/domain/application/evidence-limits.ts';
import { isFull } from '#lib/server/storage/object-store.ts';
import type { EvidenceStorage, StagedFile } from '#lib/server/evidence/storage.ts';

/** One file as it came. Where it is larger than the limit, `byteSize` and the staged bytes end one byte above it. */
export interface ReceivedFile {
	readonly fileName: string;
	readonly staged: StagedFile;
	readonly byteSize: number;
}

/** A multipart form taken in: its short fields, its files in order, and how many were beyond the number allowed. */
export interface Upload {
	readonly fields: ReadonlyMap<string, string>;
	readonly files: readonly ReceivedFile[];
	readonly tooMany: boolean;
}

/** The bytes of a request as they come, with the header that says how they are cut. */
export interface UploadSource {
	readonly body: globalThis.ReadableStream<Uint8Array> | null;
	readonly contentType: string | null;
}

/** Why a form was not taken in: it broke off or is none, all of it is more than the server lets in, or there is no room for it. */
export type UploadRefusal = 'broken_off' | 'post_too_large' | 'storage_full';

/**
 * Streams a multipart form to staged files, a few kilobytes in memory at a time; the rest of a file that is too large
 * is read and dropped. The caller puts or discards each staged file. Where a form is
 * refused, nothing is left staged.
 */
export async function receiveUpload(
	source: UploadSource,
	storage: EvidenceStorage,
): Promise<{ ok: true; upload: Upload } | { ok: false; refusal: UploadRefusal }> {
	const broken = { ok: false, refusal: 'broken_off' } as const;
	if (!source.body || !source.contentType?.startsWith('multipart/form-data')) return broken;
	const parser = openParser(source.contentType);
	if (!parser) return broken;

	const fields = new Map<string, string>();
	const arriving: Promise<ReceivedFile>[] = [];
	let tooMany = false;
	parser.on('field', (name, value) => fields.set(name, value));
	parser.on('filesLimit', () => (tooMany = true));
	parser.on('file', (_name, stream, { filename }) => {
		// A form that breaks off may do so before the file's own pipeline listens.
		stream.on('error', () => undefined);
		const arrival = receiveFile(stream, filename, storage);
		// Awaited below; a rejection before that must not count as unhandled, nor leave the form waiting for this file.
		arrival.catch(() => stream.resume());
		arriving.push(arrival);
	});

	const refusal = await pipeline(Readable.fromWeb(source.body as ReadableStream<Uint8Array>), parser).then(
		() => undefined,
		(error: unknown): UploadRefusal => (isTooLarge(error) ? 'post_too_large' : 'broken_off'),
	);
	const settled = await Promise.allSettled(arriving);
	const files = settled.flatMap((arrival) => (arrival.status === 'fulfilled' ? [arrival.value] : []));
	if (refusal === undefined && files.length === settled.length) {
		return { ok: true, upload: { fields, files: await withoutUnchosen(files, storage), tooMany } };
	}
	await Promise.all(files.map(({ staged }) => storage.discard(staged)));
	const noRoom = settled.some((arrival) => arrival.status === 'rejected' && isFull(arrival.reason));
	return { ok: false, refusal: noRoom ? 'storage_full' : (refusal ?? 'broken_off') };
}

/** The web server ends a body that is beyond its own limit with an error of this status. */
function isTooLarge(error: unknown): boolean {
	return typeof error === 'object' && error !== null && 'status' in error && error.status === 413;
}

function openParser(contentType: string): busboy.Busboy | undefined {
	try {
		return busboy({
			headers: { 'content-type': contentType },
			defParamCharset: 'utf8',
			limits: {
				fileSize: DEFAULT_EVIDENCE_LIMITS.bytesPerFile + 1,
				files: DEFAULT_EVIDENCE_LIMITS.files,
				fields: 20,
				fieldSize: 4096,
				fieldNameSize: 100,
			},
		});
	} catch {
		return undefined;
	}
}

async function receiveFile(
	stream: Readable,
	fileName: string | undefined,
	storage: EvidenceStorage,
): Promise<ReceivedFile> {
	const staged = await storage.stage();
	try {
		const file = createWriteStream(staged.path, { flags: 'r+' });
		await pipeline(stream, file);
		return { fileName: fileName ?? '', staged, byteSize: file.bytesWritten };
	} catch (error) {
		await storage.discard(staged);
		throw error;
	}
}

/** A browser sends a part without name or bytes for a field in which no file was chosen. */
async function withoutUnchosen(files: ReceivedFile[], storage: EvidenceStorage): Promise<ReceivedFile[]> {
	const unchosen = files.filter(({ fileName, byteSize }) => fileName === '' && byteSize === 0);
	await Promise.all(unchosen.map(({ staged }) => storage.discard(staged)));
	return files.filter((file) => !unchosen.includes(file));
}
