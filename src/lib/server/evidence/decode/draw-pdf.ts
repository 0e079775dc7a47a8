import { readFile } from 'node:fs/promises';
import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium';
import sharp, { type Sharp } from 'sharp';
import { type DecodeJob, type Decoded, MOST_PAGES } from '#lib/server/evidence/decode/job.ts';
import { writeThumbnail } from '#lib/server/evidence/decode/redraw-image.ts';

/** The longer edge of a page drawn for reading, in pixels: small print of a statement is legible at twice this screen. */
const PAGE_EDGE = 2_000;

/** Counts a PDF's pages and draws the first small. What a PDF holds beside pages (script, files) is never run or opened. */
export async function inspectPdf({ source, thumbnail }: DecodeJob & { kind: 'pdf' }): Promise<Decoded> {
	return withDocument(source, async (document) => {
		const pages = document.getPageCount();
		if (pages === 0) return { ok: false, refusal: 'unreadable' };
		if (pages > MOST_PAGES) return { ok: false, refusal: 'too_many_pages' };
		await writeThumbnail(await drawPage(document, 0), thumbnail);
		return { ok: true, pages };
	});
}

/** Draws one page, counted from nought, as a JPEG. */
export async function drawPdfPage({ source, page, picture }: DecodeJob & { kind: 'pdf-page' }): Promise<Decoded> {
	return withDocument(source, async (document) => {
		const pages = document.getPageCount();
		if (page >= pages) return { ok: false, refusal: 'unreadable' };
		await (await drawPage(document, page)).flatten({ background: '#ffffff' }).jpeg({ quality: 85 }).toFile(picture);
		return { ok: true, pages };
	});
}

async function withDocument(source: string, run: (document: PDFiumDocument) => Promise<Decoded>): Promise<Decoded> {
	const library = await PDFiumLibrary.init();
	let document: PDFiumDocument;
	try {
		document = await library.loadDocument(await readFile(source));
	} catch (fault) {
		const locked = /password/i.test(String(fault));
		return { ok: false, refusal: locked ? 'locked' : 'unreadable' };
	}
	return run(document);
}

async function drawPage(document: PDFiumDocument, index: number): Promise<Sharp> {
	const page = document.getPage(index);
	const { originalWidth, originalHeight } = page.getOriginalSize();
	const scale = PAGE_EDGE / Math.max(originalWidth, originalHeight, 1);
	const { data, width, height } = await page.render({ scale, render: 'bitmap' });
	return sharp(data, { raw: { width, height, channels: 4 } });
}
