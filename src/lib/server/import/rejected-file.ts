import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import type { RefusedLine } from '#lib/server/import/rejection.repository.ts';
import { readRecords } from '#lib/server/import/read-records.ts';

/** The file in which a folder's refused rows are told, written afresh by each run. */
export class RejectedFile {
	readonly path: string;
	readonly #draft: string;
	readonly #stream: WriteStream;

	private constructor(path: string, draft: string, stream: WriteStream) {
		this.path = path;
		this.#draft = draft;
		this.#stream = stream;
	}

	/** Throws what the file system says where the folder cannot be written. */
	static async open(directory: string): Promise<RejectedFile> {
		const path = join(directory, 'rejected.csv');
		const draft = `${path}.part`;
		const stream = createWriteStream(draft);
		await once(stream, 'open');
		const file = new RejectedFile(path, draft, stream);
		await file.write('file', 'line', 'reason', 'row');
		return file;
	}

	async write(file: string, line: number | string, reason: string, row: string): Promise<void> {
		if (!this.#stream.write(stringify([[file, String(line), reason, row]], { record_delimiter: '\r\n' })))
			await once(this.#stream, 'drain');
	}

	/** Writes the refused lines of a file, which is read again for their text: they are few, and none was kept. */
	async writeLines(name: string, path: string, refused: AsyncIterable<RefusedLine>): Promise<void> {
		const wanted = refused[Symbol.asyncIterator]();
		let next = await wanted.next();
		for await (const records of readRecords(path)) {
			for (const { line, raw } of records) {
				if (next.done) return;
				if (line !== next.value.line) continue;
				await this.write(name, line, next.value.reason, raw);
				next = await wanted.next();
			}
		}
	}

	/** Puts the finished file in its place. */
	async finish(): Promise<void> {
		this.#stream.end();
		await finished(this.#stream);
		await rename(this.#draft, this.path);
	}

	/** Gives up, and leaves nothing behind. */
	async abandon(): Promise<void> {
		this.#stream.destroy();
		await rm(this.#draft, { force: true });
	}
}
