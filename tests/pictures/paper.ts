import type { Page } from '@playwright/test';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import sharp from 'sharp';
import { AREAS, keep, LANGUAGES } from './album.ts';

/** The pages of a document that somebody downloads, in every language: `find` gives its address once the page is in that language. */
export async function takePaper(page: Page, name: string, find: () => Promise<string>): Promise<void> {
	const library = await PDFiumLibrary.init();
	const origin = new URL(page.url()).origin;
	const [width] = AREAS.paper.widths;
	for (const locale of LANGUAGES) {
		await page.context().addCookies([{ name: 'language', value: locale, url: origin }]);
		const answer = await page.request.get(await find());
		const document = await library.loadDocument(await answer.body());
		for (const [index, leaf] of [...document.pages()].entries()) {
			const scale = (2 * width) / leaf.getOriginalSize().originalWidth;
			const { data, width: wide, height } = await leaf.render({ scale, render: 'bitmap' });
			const drawn = sharp(data, { raw: { width: wide, height, channels: 4 } }).flatten({ background: '#ffffff' });
			const bytes = await drawn.resize(width).png().toBuffer();
			await keep(bytes, { area: 'paper', name: `${name}-${String(index + 1)}`, width, locale, theme: 'light' });
		}
		document.destroy();
	}
	await page.context().clearCookies({ name: 'language' });
}
