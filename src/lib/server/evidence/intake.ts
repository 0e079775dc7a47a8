import { contentTypeOf, HEAD_BYTES } from '#lib/server/evidence/content-type.ts';
import type { EvidenceType } from '#lib/server/db/tables/application.ts';

/** Bytes on their way through: their number, their first ones, and whether the line broke before the end. */
export class Intake {
	byteSize = 0;
	broke = false;
	readonly #head: Uint8Array[] = [];
	#headBytes = 0;
	readonly #source: AsyncIterable<Uint8Array>;
	readonly #keepsBroken: boolean;

	/** @param keepsBroken where the line breaks, what has come counts, as if it ended there; otherwise reading fails */
	constructor(source: AsyncIterable<Uint8Array>, { keepsBroken }: { keepsBroken: boolean }) {
		this.#source = source;
		this.#keepsBroken = keepsBroken;
	}

	/** The bytes, once. */
	async *bytes(): AsyncGenerator<Uint8Array> {
		try {
			for await (const chunk of this.#source) {
				this.#note(chunk);
				yield chunk;
			}
		} catch (fault) {
			this.broke = true;
			if (!this.#keepsBroken) throw fault;
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
		const part = chunk.subarray(0, HEAD_BYTES - this.#headBytes);
		this.#head.push(part);
		this.#headBytes += part.byteLength;
	}
}
