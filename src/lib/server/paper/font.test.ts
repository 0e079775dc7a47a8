import PDFDocument from 'pdfkit';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { languages } from '#lib/messages/languages.ts';
import { paperFont } from '#lib/server/paper/font.ts';

/** What of an open font we ask here; its library has no types of its own. */
interface Open {
	readonly font: { hasGlyphForCodePoint(point: number): boolean };
}

function undrawnIn(text: string): string[] {
	const doc = new PDFDocument({ font: '' });
	doc.registerFont('paper', paperFont());
	const { font } = (doc.font('paper') as unknown as { readonly _font: Open })._font;
	const characters = new Set(text.replaceAll(/\s/g, ''));
	return [...characters].filter((one) => !font.hasGlyphForCodePoint(one.codePointAt(0) ?? 0));
}

test.each(languages())('the type of papers draws every character of the words in %s', (locale) => {
	expect(undrawnIn(readFileSync(join(import.meta.dirname, `../../messages/${locale}.json`), 'utf8'))).toEqual([]);
});

test('it draws the characters that names in Hong Kong and Taiwan use, and says of what it cannot draw that it cannot', () => {
	expect(undrawnIn('陳黃劉張鄭羅謝葉蕭鍾蘇龔顏嚴龍範衛瑩嫻麗蓮韻馨曉峯堃瀚嘅喆珮')).toEqual([]);
	expect(undrawnIn('Ꙍ')).toEqual(['Ꙍ']);
});
