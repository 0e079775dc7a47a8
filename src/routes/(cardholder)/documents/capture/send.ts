import { type DetailedError, type HttpResponse, Upload } from 'tus-js-client';
import type { KeptFile, Source } from './keep.ts';

/** One attempt at sending a file. */
export interface Attempt {
	readonly endpoint: string;
	readonly file: KeptFile;
	readonly source: Source;
	/** From 0 to 1, of what has left the device. */
	onShare(share: number): void;
	/** How many bytes the server says it has. */
	onAccepted(bytes: number): void;
	/** Where the server takes the bytes; settles when that is kept. */
	onUploadUrl(url: string): Promise<void>;
	/** Breaks the attempt off; it then ends as `broken_off`. */
	readonly signal: AbortSignal;
}

/** What came of an attempt: done, refused for good, or to be gone on with; an `unknown` upload begins anew. `stumbles` is the server. */
export type Sent =
	| { readonly outcome: 'received'; readonly at: Date | undefined }
	| { readonly outcome: 'refused'; readonly text: string | undefined }
	| { readonly outcome: 'broken_off'; readonly stumbles: boolean }
	| { readonly outcome: 'signed_out' }
	| { readonly outcome: 'unknown' };

const CHUNK_BYTES = 512 * 1024;
/** A line on which nothing moves for so long is dead, whatever the phone says. */
const STILL_MS = 90_000;
const TRY_AGAIN = [408, 409, 423, 425, 429];

/** Sends a file, or goes on where the server has it up to; never rejects. Going on is the caller's: this tries once. */
export function send({ endpoint, file, source, signal, ...tell }: Attempt): Promise<Sent> {
	return new Promise((resolve) => {
		let watch: ReturnType<typeof setTimeout> | undefined;
		const end = (sent: Sent) => {
			clearTimeout(watch);
			signal.removeEventListener('abort', breakOff);
			resolve(sent);
		};
		const breakOff = () => {
			void upload.abort();
			end({ outcome: 'broken_off', stumbles: false });
		};
		// What the browser has thrown away can only be chosen anew.
		const lose = (fault: unknown) => {
			end({ outcome: 'refused', text: undefined });
			throw fault;
		};
		const moves = () => {
			clearTimeout(watch);
			watch = setTimeout(breakOff, STILL_MS);
		};
		const upload: Upload = new Upload(new Blob(), {
			// What is known is gone on with; with an endpoint beside it a stumbling server would have it begun anew.
			...(file.uploadUrl === undefined ? { endpoint } : { uploadUrl: file.uploadUrl }),
			chunkSize: CHUNK_BYTES,
			retryDelays: null,
			storeFingerprintForResuming: false,
			metadata: metadataOf(file),
			fileReader: {
				openFile: () =>
					Promise.resolve({
						size: source.size,
						async slice(start: number, stop: number) {
							tell.onAccepted(start);
							const value = await source.read(start, stop).catch(lose);
							return { value, done: false };
						},
						close: () => undefined,
					}),
			},
			onUploadUrlAvailable: () => {
				if (upload.url !== null && upload.url !== file.uploadUrl) void tell.onUploadUrl(upload.url);
			},
			onProgress: (bytes, total) => {
				moves();
				tell.onShare(total > 0 ? bytes / total : 1);
			},
			onSuccess: ({ lastResponse }) => {
				end({ outcome: 'received', at: dateOf(lastResponse) });
			},
			onError: (error) => {
				end(meaningOf(error));
			},
		});
		moves();
		signal.addEventListener('abort', breakOff);
		upload.start();
	});
}

/** Tells the server that what it has of an upload is not wanted any more; where that fails, it sweeps it by itself. */
export async function giveUp(uploadUrl: string): Promise<void> {
	await Upload.terminate(uploadUrl, { retryDelays: null }).catch(() => undefined);
}

function metadataOf({ id, name, kind, replaces, consent }: KeptFile): Record<string, string> {
	return {
		kind,
		filename: name,
		client: id,
		...(replaces !== undefined && { replaces }),
		...(consent && { consent: 'on' }),
	};
}

function meaningOf(error: Error | DetailedError): Sent {
	const { originalRequest: request, originalResponse: response } = error as Partial<DetailedError>;
	const status = response?.getStatus() ?? 0;
	if (!response || status === 0) return { outcome: 'broken_off', stumbles: false };
	// An answer in full that is none of an upload's is a page that asks to sign in.
	if (status < 400 || status === 401 || status === 403) return { outcome: 'signed_out' };
	const isCreation = request?.getMethod() === 'POST';
	if ((status === 404 || status === 410) && !isCreation) return { outcome: 'unknown' };
	const refusal = status >= 500 && status !== 507 ? undefined : refusalIn(response);
	if (refusal) return { outcome: 'refused', text: refusal };
	const isPassing = status >= 500 || TRY_AGAIN.includes(status);
	return isPassing ? { outcome: 'broken_off', stumbles: status >= 500 } : { outcome: 'refused', text: undefined };
}

/** The words of a final refusal: `{ "refusal": code, "text": words }`. */
function refusalIn(response: HttpResponse): string | undefined {
	try {
		const { text } = JSON.parse(response.getBody()) as { text?: unknown };
		return typeof text === 'string' ? text : undefined;
	} catch {
		return undefined;
	}
}

/** When the server says it answered. */
function dateOf(response: HttpResponse): Date | undefined {
	const date = new Date(response.getHeader('Date') ?? '');
	return Number.isNaN(date.getTime()) ? undefined : date;
}
