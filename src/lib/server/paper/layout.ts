/** The measures of our papers, in points. */
export const MARGINS = { top: 56, bottom: 64, left: 60, right: 60 } as const;
export const SIZES = { title: 18, heading: 12.5, body: 10, table: 9, footer: 8 } as const;
export const LINE_GAP = 3;
export const FONT = 'paper';
export const INK = '#1c2127';
export const QUIET = '#474c53';
export const LINE = '#cfcbc4';

/** Where the column of text begins, and how wide it is. */
export function column(doc: PDFKit.PDFDocument): { left: number; width: number; bottom: number } {
	const { width, height } = doc.page;
	return { left: MARGINS.left, width: width - MARGINS.left - MARGINS.right, bottom: height - MARGINS.bottom };
}

/** Begins a new page where less than this height is left on the present one. */
export function keepTogether(doc: PDFKit.PDFDocument, height: number): boolean {
	if (doc.y + height <= column(doc).bottom) return false;
	doc.addPage();
	return true;
}
