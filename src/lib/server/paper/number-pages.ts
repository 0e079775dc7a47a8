import type { Paper } from '#lib/domain/agreement/paper.ts';
import { paperWords } from '#lib/messages/paper-words.ts';
import { column, INK, MARGINS, QUIET, SIZES } from '#lib/server/paper/layout.ts';

/** Writes reference and "page x of y" below the text of every page, as what is read over when the paper is heard. */
export function numberPages(doc: PDFKit.PDFDocument, paper: Paper): void {
	const say = paperWords(paper.locale);
	const { start, count } = doc.bufferedPageRange();
	for (let index = 0; index < count; index++) {
		doc.switchToPage(start + index);
		const { left, width } = column(doc);
		const y = doc.page.height - MARGINS.bottom + 24;
		// Below the margin the library would begin another page.
		doc.page.margins.bottom = 0;
		doc.markContent('Artifact', { type: 'Pagination' });
		doc.fontSize(SIZES.footer).fillColor(QUIET);
		doc.text(`${paper.title} ${paper.reference}`, left, y, { width: width * 0.7, lineBreak: false });
		doc.text(say('page', { page: index + 1, pages: count }), left, y, { width, align: 'right' });
		doc.endMarkedContent();
		doc.fillColor(INK);
	}
}
