import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { FileFault } from '#lib/server/import/file-fault.ts';

/** One record of a CSV file. */
export interface CsvRecord {
	/** The line on which it begins; 1 is the header. */
	readonly line: number;
	readonly fields: readonly string[];
	/** As it stands in the file, without its line break. */
	readonly raw: string;
	/** Whether no line break follows: it is the last one, and may have broken off. */
	readonly unterminated: boolean;
}

/** No record of the core's is nearly as long; a quote that is never closed would otherwise read the file into memory. */
const LONGEST_RECORD = 1_000_000;

/**
 * Reads the records of a CSV file (RFC 4180, UTF-8 with or without a byte order mark) in batches, the header among them.
 * Empty lines are passed over. `onProgress` is told how many bytes were read so far.
 *
 * @throws FileFault where the file is not CSV in UTF-8, or breaks off inside a quoted field
 */
export async function* readRecords(path: string, onProgress?: (bytes: number) => void): AsyncGenerator<CsvRecord[]> {
	const reader = new RecordReader();
	let bytes = 0;
	for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
		yield reader.take(chunk);
		bytes += chunk.length;
		onProgress?.(bytes);
	}
	yield reader.end();
}

/** Cuts text into records as it comes; what is not whole yet waits for the next chunk. */
class RecordReader {
	readonly #decoder = new TextDecoder('utf-8', { fatal: true });
	/** The text after the last line break. */
	#rest = '';
	/** The lines of a record that goes on because a quote is open. */
	#open = '';
	#openLine = 0;
	#quoteIsOpen = false;
	#line = 0;

	take(chunk: Buffer): CsvRecord[] {
		const lines = (this.#rest + this.#decode(chunk)).split('\n');
		this.#rest = lines.pop() ?? '';
		if (this.#rest.length > LONGEST_RECORD) throw new FileFault('is not CSV: a line without an end', this.#line + 1);
		const records: CsvRecord[] = [];
		for (const line of lines) this.#takeLine(line, false, records);
		return records;
	}

	end(): CsvRecord[] {
		const records: CsvRecord[] = [];
		this.#rest += this.#decode();
		if (this.#rest !== '') this.#takeLine(this.#rest, true, records);
		if (this.#openLine > 0) throw new FileFault('breaks off inside a quoted field', this.#openLine);
		return records;
	}

	#takeLine(text: string, unterminated: boolean, records: CsvRecord[]): void {
		this.#line++;
		if (this.#openLine === 0 && !text.includes('"')) {
			// Nearly every line: no quote, so no comma that is not a separator.
			const raw = text.endsWith('\r') ? text.slice(0, -1) : text;
			if (raw !== '') records.push({ line: this.#line, fields: raw.split(','), raw, unterminated });
			return;
		}
		if (this.#openLine === 0) this.#openLine = this.#line;
		this.#open = this.#open === '' ? text : `${this.#open}\n${text}`;
		if (this.#open.length > LONGEST_RECORD)
			throw new FileFault('is not CSV: a quote that is never closed', this.#openLine);
		// Within a record quotes come in pairs, an escaped one being two.
		if (quotes(text) % 2 === 1) this.#quoteIsOpen = !this.#quoteIsOpen;
		if (this.#quoteIsOpen) return;
		const raw = this.#open.endsWith('\r') ? this.#open.slice(0, -1) : this.#open;
		records.push({ line: this.#openLine, fields: this.#parseQuoted(raw), raw, unterminated });
		this.#open = '';
		this.#openLine = 0;
	}

	#parseQuoted(raw: string): string[] {
		try {
			const [fields] = parse(raw, { record_delimiter: '\u0000', relax_column_count: true }) as string[][];
			return fields ?? [];
		} catch {
			throw new FileFault('is not CSV: a quote in a wrong place', this.#openLine);
		}
	}

	#decode(chunk?: Buffer): string {
		let text: string;
		try {
			text = chunk ? this.#decoder.decode(chunk, { stream: true }) : this.#decoder.decode();
		} catch {
			throw new FileFault('is not UTF-8', this.#line + 1);
		}
		if (text.includes('\0')) throw new FileFault('is not CSV: it holds NUL characters', this.#line + 1);
		return text;
	}
}

function quotes(text: string): number {
	let count = 0;
	for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) count++;
	return count;
}
