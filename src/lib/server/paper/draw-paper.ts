import PDFDocument from 'pdfkit';
import type { Paper } from '#lib/domain/agreement/paper.ts';
import { drawBlock } from '#lib/server/paper/draw-block.ts';
import { paperFont } from '#lib/server/paper/font.ts';
import { drawSign } from '#lib/server/paper/draw-sign.ts';
import { FONT, LINE_GAP, MARGINS, QUIET, SIZES, strong } from '#lib/server/paper/layout.ts';
import { numberPages } from '#lib/server/paper/number-pages.ts';

/**
 * A paper as the bytes of a PDF on A4: tagged for those who hear it, its type embedded as a subset, its reference and "page x of y"
 * on every page. Its metadata names the paper and who issues it, and nobody else. Two drawings of one paper differ in bytes.
 */
export async function drawPaper(written: Paper): Promise<Buffer> {
	const paper = asSet(written);
	const doc = new PDFDocument({
		size: 'A4',
		margins: MARGINS,
		bufferPages: true,
		tagged: true,
		displayTitle: true,
		pdfVersion: '1.7',
		lang: paper.locale,
		// Nothing is set in a font of the viewer's.
		font: '',
		info: { Title: `${paper.title} ${paper.reference}`, Author: paper.issuer, Creator: '', Producer: '' },
	});
	const drawn = bytesOf(doc);
	doc.registerFont(FONT, paperFont());
	doc.font(FONT).lineGap(LINE_GAP);
	const root = doc.struct('Document', { title: paper.title, lang: paper.locale });
	doc.addStructure(root);
	drawSign(doc);
	root.add(
		doc.struct('H1', {}, () => {
			doc.fontSize(SIZES.title).text(paper.title, { align: 'left', ...strong(doc, SIZES.title) });
		}),
	);
	root.add(
		doc.struct('P', {}, () => {
			doc.fontSize(SIZES.body).fillColor(QUIET).text(`${paper.issuer} · ${paper.reference}`);
			doc.moveDown(0.8);
		}),
	);
	for (const block of paper.blocks) drawBlock(doc, root, block);
	root.end();
	numberPages(doc, paper);
	doc.end();
	return drawn;
}

/** The type's apostrophe is as wide as a Chinese character; between Latin letters the plain one stands for it. */
function asSet(paper: Paper): Paper {
	if (paper.locale.startsWith('zh')) return paper;
	return JSON.parse(JSON.stringify(paper).replaceAll('’', "'")) as Paper;
}

function bytesOf(doc: PDFKit.PDFDocument): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		doc.on('data', (chunk: Buffer) => chunks.push(chunk));
		doc.on('end', () => resolve(Buffer.concat(chunks)));
		doc.on('error', reject);
	});
}
