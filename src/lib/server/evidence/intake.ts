import { contentTypeOf, HEAD_BYTES } from '#lib/server/evidence/content-type.ts';
import type { EvidenceType } from '#lib/server/db/tables/application.ts';

/** Bytes on their way through: their number, and by their first ones what they are. */
export class Intake {
	byteSize = 0;
	readonly #head: Uint8Array[] = [];
	#headBytes = 0;
	readonly #source: AsyncIterable<Uint8Array>;

	constructor(source: AsyncIterable<Uint8Array>) {
		this.#source = source;
	}

	/** The bytes, once. */
	async *bytes(): AsyncGenerator<Uint8Array> {
		for await (const chunk of this.#source) {
			this.#note(chunk);
			yield chunk;
		}
	}

	/** What it is by its first bytes; null where too few have come to tell. */
	async contentType({ isWhole }: { isWhole: boolean }): Promise<EvidenceType | 'not_supported' | null> {
		if (this.#headBytes < HEAD_BYTES && !isWhole) return null;
		return (await contentTypeOf(Buffer.concat(this.#head))) ?? 'not_supported';
	}

	#note(chunk: Uint8Array): void {
		this.byteSize += chunk.byteLength;
		if (this.#headBytes >= HEAD_BYTES) return;
		// A copy, which a Buffer's slice is not: the bytes are not ours to keep.
		const part = new Uint8Array(chunk.subarray(0, HEAD_BYTES - this.#headBytes));
		this.#head.push(part);
		this.#headBytes += part.byteLength;
	}
}

/** The bytes of a request as far as they come: where the line breaks, they end, so that what came before is not lost. */
export async function* asFarAsItComes(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
	try {
		yield* body as unknown as AsyncIterable<Uint8Array>;
	} catch {
		return;
	}
}
