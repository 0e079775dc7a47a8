import type { PaperBlock } from '#lib/domain/agreement/paper.ts';
import { column, INK, keepTogether, LINE, QUIET, SIZES, strong } from '#lib/server/paper/layout.ts';
import { drawTable } from '#lib/server/paper/draw-table.ts';

type Structure = PDFKit.PDFStructureElement;

/** Draws a part of a paper below what was drawn before, with its place in the structure of the document. */
export function drawBlock(doc: PDFKit.PDFDocument, root: Structure, block: PaperBlock): void {
	const { left, width } = column(doc);
	doc.x = left;
	doc.fillColor(INK).fontSize(SIZES.body);
	switch (block.kind) {
		case 'heading':
			// A heading stays with the lines that it heads.
			keepTogether(doc, 70);
			doc.moveDown(0.8);
			root.add(
				doc.struct('H2', {}, () => {
					doc.fontSize(SIZES.heading).text(block.text, left, doc.y, { width, ...strong(doc, SIZES.heading) });
				}),
			);
			doc.moveDown(0.25);
			return;
		case 'text':
			// No line of it stands alone.
			keepTogether(doc, Math.min(doc.heightOfString(block.text, { width }), 60));
			root.add(
				doc.struct('P', {}, () => {
					doc.text(block.text, left, doc.y, { width });
				}),
			);
			doc.moveDown(0.4);
			return;
		case 'list':
			return drawList(doc, root, block.items);
		case 'facts':
			return drawFacts(doc, root, block.items);
		case 'table':
			return drawTable(doc, root, block);
	}
}

function drawList(doc: PDFKit.PDFDocument, root: Structure, items: readonly string[]): void {
	const { left, width } = column(doc);
	const list = doc.struct('L');
	root.add(list);
	for (const [index, item] of items.entries()) {
		const line = doc.struct('LI');
		list.add(line);
		keepTogether(doc, Math.min(doc.heightOfString(item, { width: width - 22 }), 60));
		const { y } = doc;
		line.add(doc.struct('Lbl', {}, () => doc.text(`${String(index + 1)}.`, left, y, { width: 22, lineBreak: false })));
		line.add(doc.struct('LBody', {}, () => doc.text(item, left + 22, y, { width: width - 22 })));
		line.end();
		doc.moveDown(0.25);
	}
	list.end();
	doc.moveDown(0.2);
}

/** How much of the width a fact's name takes. */
const TERM = 0.4;

function drawFacts(
	doc: PDFKit.PDFDocument,
	root: Structure,
	items: readonly { readonly term: string; readonly value: string }[],
): void {
	const { left, width } = column(doc);
	const termWidth = width * TERM;
	const valueWidth = width - termWidth - 8;
	const table = doc.struct('Table');
	root.add(table);
	for (const { term, value } of items) {
		const height = Math.max(
			doc.heightOfString(term, { width: termWidth }),
			doc.heightOfString(value, { width: valueWidth }),
		);
		keepTogether(doc, height + 6);
		const { y } = doc;
		const row = doc.struct('TR');
		table.add(row);
		row.add(doc.struct('TH', {}, () => doc.fillColor(QUIET).text(term, left, y, { width: termWidth })));
		row.add(
			doc.struct('TD', {}, () => {
				doc.text(value, left + termWidth + 8, y, { width: valueWidth, align: 'right', ...strong(doc, SIZES.body) });
			}),
		);
		row.end();
		rule(doc, y + height + 1);
		doc.y = y + height + 5;
	}
	table.end();
	doc.moveDown(0.4);
}

/** A hairline across the column, which says nothing to those who hear the paper. */
export function rule(doc: PDFKit.PDFDocument, y: number): void {
	const { left, width } = column(doc);
	doc.markContent('Artifact', { type: 'Layout' });
	doc
		.lineWidth(0.5)
		.strokeColor(LINE)
		.moveTo(left, y)
		.lineTo(left + width, y)
		.stroke();
	doc.endMarkedContent();
}
