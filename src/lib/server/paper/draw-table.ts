import type { PaperBlock } from '#lib/domain/agreement/paper.ts';
import { column, INK, keepTogether, LINE, QUIET, SIZES } from '#lib/server/paper/layout.ts';

type Table = Extract<PaperBlock, { kind: 'table' }>;

const PADDING = 4;

interface Cell {
	readonly x: number;
	readonly width: number;
	readonly align: 'left' | 'right';
}

/** Draws a table over as many pages as it needs, its head again at the top of each. */
export function drawTable(doc: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement, table: Table): void {
	doc.fontSize(SIZES.table);
	const cells = cellsOf(doc, table);
	const structure = doc.struct('Table');
	root.add(structure);
	const headHeight = heightOf(doc, table.head, cells);
	keepTogether(doc, headHeight * 4);
	const head = doc.struct('TR');
	structure.add(head);
	drawRow(doc, table.head, cells, headHeight, QUIET, (draw) => head.add(doc.struct('TH', {}, draw)));
	head.end();
	for (const texts of table.rows) {
		const height = heightOf(doc, texts, cells);
		if (keepTogether(doc, height)) {
			drawRow(doc, table.head, cells, headHeight, QUIET, (draw) => {
				doc.markContent('Artifact', { type: 'Pagination' });
				draw();
				doc.endMarkedContent();
			});
		}
		const row = doc.struct('TR');
		structure.add(row);
		drawRow(doc, texts, cells, height, INK, (draw) => row.add(doc.struct('TD', {}, draw)));
		row.end();
	}
	structure.end();
	doc.fontSize(SIZES.body).moveDown(0.6);
}

function drawRow(
	doc: PDFKit.PDFDocument,
	texts: readonly string[],
	cells: readonly Cell[],
	height: number,
	colour: string,
	place: (draw: () => void) => void,
): void {
	const { y } = doc;
	const { left, width } = column(doc);
	for (const [index, text] of texts.entries()) {
		const cell = cells[index]!;
		place(() => {
			doc.fillColor(colour).text(text, cell.x, y + PADDING / 2, { width: cell.width, align: cell.align });
		});
	}
	doc.markContent('Artifact', { type: 'Layout' });
	const below = y + height - 1;
	doc
		.lineWidth(0.5)
		.strokeColor(LINE)
		.moveTo(left, below)
		.lineTo(left + width, below)
		.stroke();
	doc.endMarkedContent();
	doc.fillColor(INK);
	doc.y = y + height;
}

/** Columns as wide as their widest text asks for, the width that is left over shared alike. */
function cellsOf(doc: PDFKit.PDFDocument, { head, rows, wordColumns }: Table): Cell[] {
	const { left, width } = column(doc);
	const wanted = head.map((text, index) =>
		Math.max(Math.min(doc.widthOfString(text), 70), ...rows.map((row) => doc.widthOfString(row[index] ?? ''))),
	);
	const sum = wanted.reduce((total, each) => total + each + 2 * PADDING, 0);
	const spare = (width - sum) / head.length;
	let x = left;
	return wanted.map((own, index) => {
		const cell: Cell = {
			x: x + PADDING,
			width: own + Math.max(spare, 0),
			align: index < wordColumns ? 'left' : 'right',
		};
		x += own + 2 * PADDING + spare;
		return cell;
	});
}

function heightOf(doc: PDFKit.PDFDocument, texts: readonly string[], cells: readonly Cell[]): number {
	const heights = texts.map((text, index) => doc.heightOfString(text, { width: cells[index]!.width }));
	return Math.max(...heights) + PADDING;
}
