/** An event of a stream of server-sent events. */
export interface Told {
	readonly event: string;
	readonly data: Record<string, unknown>;
}

/** Reads a stream of server-sent events as they come. */
export class StreamReader {
	readonly told: Told[] = [];
	isOver = false;
	readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
	readonly #waiting = new Set<() => void>();
	#text = '';

	constructor(body: ReadableStream<Uint8Array>) {
		this.#reader = body.getReader();
		void this.#read();
	}

	/** The first event of that name that has come, or comes. */
	async next(event: string): Promise<Told['data']> {
		for (;;) {
			const at = this.told.findIndex((one) => one.event === event);
			if (at >= 0) return this.told.splice(at, 1)[0]?.data ?? {};
			if (this.isOver) throw new Error(`the stream ended without ${event}`);
			await new Promise<void>((resolve) => this.#waiting.add(resolve));
		}
	}

	/** Resolves when the stream has ended. */
	async over(): Promise<void> {
		while (!this.isOver) await new Promise<void>((resolve) => this.#waiting.add(resolve));
	}

	close(): Promise<void> {
		return this.#reader.cancel();
	}

	async #read(): Promise<void> {
		for (;;) {
			const { done, value } = await this.#reader.read();
			if (done) break;
			this.#text += new TextDecoder().decode(value);
			const blocks = this.#text.split('\n\n');
			this.#text = blocks.pop() ?? '';
			for (const block of blocks) this.#take(block);
			this.#wake();
		}
		this.isOver = true;
		this.#wake();
	}

	#take(block: string): void {
		const event = /^event: (.*)$/m.exec(block)?.[1];
		const data = /^data: (.*)$/m.exec(block)?.[1];
		if (event) this.told.push({ event, data: JSON.parse(data ?? '{}') as Told['data'] });
	}

	#wake(): void {
		for (const wake of this.#waiting) wake();
		this.#waiting.clear();
	}
}
