import type { CoreFile } from '#lib/server/import/core-file.ts';
import { FileFault } from '#lib/server/import/file-fault.ts';
import { readRecords } from '#lib/server/import/read-records.ts';

/** How a file's columns lie. */
export interface FileHeader {
	/** How many fields a record has. */
	readonly width: number;
	/** Where each of the file's columns, optional ones last, stands in a record; -1 where an optional one is missing. */
	readonly places: readonly number[];
	readonly missing: readonly string[];
}

/**
 * Reads a file's first record as its header; further columns of any name are passed over.
 *
 * @throws FileFault where the file is empty, is not CSV or lacks a column
 */
export async function readHeader(file: CoreFile, path: string): Promise<FileHeader> {
	for await (const [header] of readRecords(path)) {
		if (header) return headerOf(file, header.fields, header.line);
	}
	throw new FileFault('is empty', 1);
}

function headerOf(file: CoreFile, names: readonly string[], line: number): FileHeader {
	const lacking = file.columns.filter((column) => !names.includes(column));
	if (lacking.length > 0) throw new FileFault(`lacks the column ${lacking.join(', ')}`, line);
	const wanted = [...file.columns, ...file.optionalColumns];
	const twice = wanted.find((column) => names.indexOf(column) !== names.lastIndexOf(column));
	if (twice) throw new FileFault(`has the column ${twice} twice`, line);
	return {
		width: names.length,
		places: wanted.map((column) => names.indexOf(column)),
		missing: file.optionalColumns.filter((column) => !names.includes(column)),
	};
}
