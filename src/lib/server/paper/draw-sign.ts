import { ACCENT, column } from '#lib/server/paper/layout.ts';

const SIZE = 24;
/** How far it reaches up into the margin, so that the text keeps its room. */
const RAISED = 20;

/** The sign that stands at the head of every page of the portal, above what comes next; it says nothing to those who hear the paper. */
export function drawSign(doc: PDFKit.PDFDocument): void {
	const { left } = column(doc);
	doc.markContent('Artifact', { type: 'Layout' });
	doc.save();
	doc.translate(left, doc.y - RAISED).scale(SIZE / 32);
	doc.roundedRect(0, 0, 32, 32, 9).fill(ACCENT);
	doc.path('M9 20.5c3.5 0 3.5-9 7-9s3.5 9 7 9').lineWidth(2.5).lineCap('round').stroke('#ffffff');
	doc.restore();
	doc.endMarkedContent();
	doc.y += SIZE + 10 - RAISED;
}
