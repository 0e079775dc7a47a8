import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import busboy from 'busboy';
import { DEFAULT_EVIDENCE_LIMITS } from '#lib/domain/application/evidence-limits.ts';
import type { EvidenceType } from '#lib/server/db/tables/application.ts';
import type { DataKey } from '#lib/server/evidence/evidence-key.ts';
import { Intake } from '#lib/server/evidence/intake.ts';
import { isFull } from '#lib/server/storage/object-store.ts';
import type { EvidenceStorage } from '#lib/server/evidence/storage.ts';

/** One file as it came, kept encrypted already. Where it is larger than the limit, its bytes end one above it. */
export interface ReceivedFile {
	readonly fileName: string;
	readonly storageKey: string;
	readonly byteSize: number;
	readonly contentType: EvidenceType | 'not_supported';
}

/** Where files are kept, and the key they are encrypted with. */
export interface Keeping {
	readonly storage: EvidenceStorage;
	readonly key: DataKey;
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
 * Streams a multipart form into storage, encrypted on its way, a few kilobytes in memory at a time; the rest of a file that is
 * too large is read and dropped. The caller names each file in a row or removes it. Where a form is refused, nothing is left.
 */
export async function receiveUpload(
	source: UploadSource,
	keeping: Keeping,
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
		const arrival = receiveFile(stream, filename, keeping);
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
		return { ok: true, upload: { fields, files: await withoutUnchosen(files, keeping), tooMany } };
	}
	await removeReceived(files, keeping.storage);
	const faults = settled.flatMap((arrival) => (arrival.status === 'rejected' ? [arrival.reason as unknown] : []));
	if (faults.some(isFull)) return { ok: false, refusal: 'storage_full' };
	// The form came whole, so that it was our own store that failed.
	if (refusal === undefined) throw faults[0];
	return { ok: false, refusal };
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
	{ storage, key }: Keeping,
): Promise<ReceivedFile> {
	const intake = new Intake(stream);
	const storageKey = await storage.keep(intake.bytes(), key.bytes);
	const contentType = (await intake.contentType({ isWhole: true })) ?? 'not_supported';
	return { fileName: fileName ?? '', storageKey, byteSize: intake.byteSize, contentType };
}

/** A browser sends a part without name or bytes for a field in which no file was chosen. */
async function withoutUnchosen(files: ReceivedFile[], { storage }: Keeping): Promise<ReceivedFile[]> {
	const unchosen = files.filter(({ fileName, byteSize }) => fileName === '' && byteSize === 0);
	await removeReceived(unchosen, storage);
	return files.filter((file) => !unchosen.includes(file));
}

/** Takes received bytes away again, where no row came to name them. */
export async function removeReceived(files: readonly ReceivedFile[], storage: EvidenceStorage): Promise<void> {
	await Promise.all(files.map(({ storageKey }) => storage.remove(storageKey)));
}
