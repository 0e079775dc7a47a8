import type { Owner } from '#lib/server/application/draft.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { answerUpload, UPLOAD_PATH } from '#lib/server/evidence/upload-door.ts';

/** The address under which the tests' uploads are asked for. */
const ORIGIN = 'http://portal.test';

/** What the sender says of a file. */
export interface Said {
	readonly client: string;
	readonly kind: string;
	readonly filename: string;
	readonly [more: string]: string;
}

/** One person's sender of uploads, in the terms of tus, without a network between. */
export function tusSender(db: Db, owner: Owner) {
	const ask = (method: string, path: string, headers: Record<string, string>, body?: BodyInit) =>
		answerUpload(
			new Request(ORIGIN + path, {
				method,
				headers: { 'tus-resumable': '1.0.0', ...headers },
				...(body !== undefined && { body, duplex: 'half' }),
			}),
			{ db, owner, origin: ORIGIN, words: (refusal) => `words of ${refusal}` },
		);
	return {
		ask,
		/** Asks for an upload; its path where it was given one. */
		async begin(said: Said, byteSize: number): Promise<{ status: number; path: string; answer: string }> {
			const metadata = Object.entries(said).map(([key, text]) => `${key} ${Buffer.from(text).toString('base64')}`);
			const headers = { 'upload-length': String(byteSize), 'upload-metadata': metadata.join(',') };
			const response = await ask('POST', UPLOAD_PATH, headers);
			return {
				status: response.status,
				path: response.headers.get('location') ?? '',
				answer: await response.text(),
			};
		},
		/** How much has arrived, as the server says; its status where it says nothing. */
		async offset(path: string): Promise<number | string> {
			const response = await ask('HEAD', path, {});
			const offset = response.headers.get('upload-offset');
			return offset === null ? `status ${String(response.status)}` : Number(offset);
		},
		/** Sends bytes from an offset on; as a stream, which may break. */
		patch(path: string, offset: number, body: BodyInit): Promise<Response> {
			const headers = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
			return ask('PATCH', path, headers, body);
		},
	};
}

/** A stream of bytes that breaks after them, as a lost line does. */
export function broken(bytes: Uint8Array): ReadableStream<Uint8Array> {
	let sent = false;
	return new ReadableStream({
		pull(controller) {
			if (sent) controller.error(new Error('the line broke'));
			else controller.enqueue(bytes);
			sent = true;
		},
	});
}
