import { stringify } from 'csv-stringify/sync';
import { harmlessCell } from '#lib/server/overview/csv-cell.ts';

/** A figure as a table: texts and whole numbers. */
export interface FigureTable {
	readonly columns: readonly string[];
	readonly rows: readonly (readonly (string | number)[])[];
}

/** The table as a CSV file (RFC 4180), with the mark by which spreadsheets know UTF-8; no cell of it is a formula. */
export function writeCsv({ columns, rows }: FigureTable): string {
	const cells = [columns, ...rows].map((row) =>
		row.map((cell) => (typeof cell === 'string' ? harmlessCell(cell) : String(cell))),
	);
	return stringify(cells, { record_delimiter: '\r\n', bom: true });
}
