import { copyText } from '#lib/server/import/check-fields.ts';
import type { CoreFile } from '#lib/server/import/core-file.ts';
import { FileFault } from '#lib/server/import/file-fault.ts';
import type { FileHeader } from '#lib/server/import/file-header.ts';
import { type CsvRecord, readRecords } from '#lib/server/import/read-records.ts';

/** A field that COPY takes as null. */
const NULL = '\\N';

/**
 * Reads a file of the core's and yields its rows for the stage, in COPY's text format: line, reason, row key, refused
 * account, and then the row's own columns. A refused row has a reason and no columns of its own. Memory stays bounded.
 *
 * @throws FileFault where the file breaks off or is not CSV
 */
export async function* stagedRows(
	file: CoreFile,
	header: FileHeader,
	path: string,
	onProgress?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
	const stager = new Stager(file, header);
	for await (const records of readRecords(path, onProgress)) {
		let text = '';
		for (const record of records) text += stager.stage(record);
		if (text !== '') yield Buffer.from(text);
	}
	stager.end();
}

class Stager {
	readonly #file: CoreFile;
	readonly #header: FileHeader;
	readonly #inOrder: boolean;
	readonly #noColumns: string;
	#headerIsPassed = false;
	/** The last record, where it has too few fields: at the end of the file it is one that broke off. */
	#short: number | undefined;

	constructor(file: CoreFile, header: FileHeader) {
		this.#file = file;
		this.#header = header;
		this.#inOrder = header.places.every((place, index) => place === index);
		this.#noColumns = `\t${NULL}`.repeat(file.stagedColumns.length);
	}

	stage(record: CsvRecord): string {
		if (!this.#headerIsPassed) {
			this.#headerIsPassed = true;
			return '';
		}
		const { line, unterminated } = record;
		const { width, places } = this.#header;
		const fields = this.#inOrder ? record.fields : places.map((place) => record.fields[place]);
		this.#short = record.fields.length < width ? line : undefined;
		if (record.fields.length !== width) {
			return this.#refuse(line, fields, `has ${String(record.fields.length)} fields, not ${String(width)}`);
		}
		const checked = this.#file.check(fields);
		if (typeof checked === 'string') return `${String(line)}\t${NULL}\t${NULL}\t${NULL}\t${checked}\n`;
		// A last row that ends in the middle of a field, such as "2026-1" or "12.3".
		if (unterminated) throw new FileFault('breaks off', line);
		return this.#refuse(line, fields, checked.reason);
	}

	end(): void {
		if (this.#short !== undefined) throw new FileFault('breaks off', this.#short);
	}

	#refuse(line: number, fields: readonly (string | undefined)[], reason: string): string {
		const { accountId, rowKey } = this.#file.identify(fields);
		const account = accountId === null ? NULL : copyText(accountId);
		return `${String(line)}\t${reason}\t${copyText(rowKey)}\t${account}${this.#noColumns}\n`;
	}
}
