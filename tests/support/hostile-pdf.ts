import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { buffer } from 'node:stream/consumers';

/** A PDF of objects numbered from 1, which is its catalogue; readers find them without a table. */
export function pdfOf(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
	const numbered = objects.flatMap((object, index) => [`${String(index + 1)} 0 obj\n`, object, '\nendobj\n']);
	const parts = [
		'%PDF-1.7\n',
		...numbered,
		`trailer<</Root 1 0 R/Size ${String(objects.length + 1)}${trailer}>>\n%%EOF\n`,
	];
	return Buffer.concat(parts.map((piece) => Buffer.from(piece)));
}

function streamOf(dictionary: string, bytes: Uint8Array): Buffer {
	const head = `<<${dictionary}/Length ${String(bytes.length)}>>stream\n`;
	return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\nendstream')]);
}

const PAGES = '<</Type/Pages/Kids[3 0 R]/Count 1>>';
const PAGE = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>';
const CATALOGUE = '<</Type/Catalog/Pages 2 0 R>>';
const acting = (action: string, ...more: (string | Buffer)[]) =>
	pdfOf([
		`<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R>>`,
		PAGES,
		PAGE,
		streamOf('', Buffer.from('')),
		'<<>>',
		action,
		...more,
	]);
const drawing = (contents: Buffer, image: string | Buffer = '<<>>') => pdfOf([CATALOGUE, PAGES, PAGE, contents, image]);

/** PDFs whose pages can be drawn and which hold what a reader may run, start or unpack. */
export const ACTIVE_PDFS: Readonly<Record<string, Buffer>> = {
	'PDF with script': acting('<</S/JavaScript/JS(app.alert\\(1\\);while\\(true\\){})>>'),
	'PDF that starts a program': acting('<</S/Launch/F(cmd.exe)/Win<</F(cmd.exe)/P(/c calc)>>>>'),
	'PDF that opens an address': acting('<</S/URI/URI(http://127.0.0.1/beacon)>>'),
	'PDF with an attachment': pdfOf([
		'<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.exe) 6 0 R]>>>>>>',
		PAGES,
		PAGE,
		streamOf('', Buffer.from('')),
		'<<>>',
		'<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>',
		streamOf('/Type/EmbeddedFile', Buffer.from('MZ This program cannot be run in DOS mode.')),
	]),
};

/** PDFs that wear a reader out or lead it in circles; whatever comes of them comes in time. */
export const WEARING_PDFS: Readonly<Record<string, Buffer>> = {
	'PDF of pages in a circle': pdfOf([CATALOGUE, '<</Type/Pages/Kids[2 0 R 2 0 R]/Parent 2 0 R/Count 2>>']),
	'PDF of objects in a circle': pdfOf(['2 0 R', '3 0 R', '1 0 R']),
	'PDF of deep nesting': drawing(streamOf('', Buffer.from('['.repeat(60_000))), `${'['.repeat(60_000)}`),
	'PDF of a drawing in itself': drawing(
		streamOf('', Buffer.from('/I Do '.repeat(50))),
		streamOf(
			'/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I 5 0 R>>>>',
			Buffer.from('/I Do '.repeat(50)),
		),
	),
	'PDF with a stream that swells': drawing(
		streamOf('/Filter/FlateDecode', deflateSync(Buffer.alloc(60_000_000, '0 0 m 9 9 l S '))),
	),
	'PDF with a picture of 60000 x 60000': drawing(
		streamOf('', Buffer.from('q 200 0 0 200 0 0 cm /I Do Q')),
		streamOf(
			'/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode',
			deflateSync(Buffer.alloc(9_000)),
		),
	),
	'PDF that claims a million pages': pdfOf([CATALOGUE, '<</Type/Pages/Kids[3 0 R]/Count 1000000>>', PAGE]),
	'PDF of a page without end': pdfOf([CATALOGUE, PAGES, '<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e9 1e-9]>>']),
	'PDF without a page': pdfOf([CATALOGUE, '<</Type/Pages/Kids[]/Count 0>>']),
};

/** An ordinary PDF of several pages. */
export function pdfOfPages(pages: number, options: PDFKit.PDFDocumentOptions = {}): Promise<Buffer> {
	const document = new PDFDocument({ autoFirstPage: false, size: [200, 100], ...options });
	for (let page = 1; page <= pages; page++) document.addPage().text(`page ${String(page)}`, 10, 10);
	document.end();
	return buffer(document);
}
