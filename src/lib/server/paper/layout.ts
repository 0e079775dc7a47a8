/** The measures of our papers, in points. */
export const MARGINS = { top: 56, bottom: 64, left: 60, right: 60 } as const;
export const SIZES = { title: 20, heading: 12.5, body: 10, table: 9, footer: 8 } as const;
export const LINE_GAP = 3;
export const FONT = 'paper';
export const INK = '#1c2127';
export const QUIET = '#474c53';
export const LINE = '#cfcbc4';
/** The portal's own, as on its pages. */
export const ACCENT = '#004f52';

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

/** Sets what is drawn next in strong type: there is one weight of it, so its outline is drawn as well. */
export function strong(doc: PDFKit.PDFDocument, size: number): { readonly fill: true; readonly stroke: true } {
	doc
		.fillColor(INK)
		.strokeColor(INK)
		.lineWidth(size * 0.022);
	return { fill: true, stroke: true };
}
