import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { languages } from '#lib/messages/languages.ts';

/** Where all pictures go; git ignores it. */
export const ALBUM = join(import.meta.dirname, '../../.pictures');
/** A line for each picture, in the order in which they were taken. */
export const LIST = join(ALBUM, 'list.jsonl');
export const THEMES = ['light', 'dark'] as const;

/** In which languages pictures are taken: all, or those that `PICTURES_IN` names ("zh-TW,en"). */
export const LANGUAGES = languages().filter((tag) => (process.env.PICTURES_IN ?? tag).split(',').includes(tag));

/** Whose pages they are, and on which widths they are looked at. */
export const AREAS = {
	cardholder: { height: 780, widths: [360] },
	desk: { height: 800, widths: [1280, 800] },
	staff: { height: 800, widths: [1280] },
	paper: { height: 0, widths: [620] },
} as const;
export type Area = keyof typeof AREAS;

/** One picture of the album. */
export interface Picture {
	readonly area: Area;
	/** The page and the state that it is in. */
	readonly name: string;
	readonly width: number;
	readonly locale: string;
	readonly theme: string;
	readonly file: string;
}

/** These pages have few colours. */
export const SMALL = { palette: true, colours: 64, dither: 0, effort: 1 } as const;

/** Puts a picture into the album, small. */
export async function keep(bytes: Buffer, picture: Omit<Picture, 'file'>): Promise<void> {
	const { area, name, width, locale, theme } = picture;
	const file = `${area}-${String(width)}-${name}-${locale}-${theme}.png`;
	appendFileSync(LIST, `${JSON.stringify({ ...picture, file } satisfies Picture)}\n`);
	await sharp(bytes).png(SMALL).toFile(join(ALBUM, file));
}

/** How a state is come to in a language; without one, the page is read anew. */
type Come = (locale: string) => Promise<unknown>;

/** A state of a page in every language, theme and width. What is typed or answered is come to again in each language. */
export async function take(page: Page, area: Area, name: string, come: Come = () => page.reload()): Promise<void> {
	const origin = new URL(page.url()).origin;
	const { widths, height } = AREAS[area];
	const kept: Promise<void>[] = [];
	for (const locale of LANGUAGES) {
		await page.context().addCookies([{ name: 'language', value: locale, url: origin }]);
		await page.setViewportSize({ width: widths[0], height });
		await come(locale);
		for (const width of widths) {
			await page.setViewportSize({ width, height });
			for (const theme of THEMES) {
				await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
				// What sticks to the screen stands where it stands at first.
				await page.evaluate(() => {
					scrollTo(0, 0);
				});
				const bytes = await page.screenshot({ fullPage: true, animations: 'disabled' });
				kept.push(keep(bytes, { area, name, width, locale, theme }));
			}
		}
	}
	await Promise.all(kept);
	// The walks' words are Chinese.
	await page.context().clearCookies({ name: 'language' });
	await page.emulateMedia({ colorScheme: 'light' });
}

/** Pages as they are, each by its address. */
export async function takeAll(page: Page, area: Area, paths: Readonly<Record<string, string>>): Promise<void> {
	for (const [name, path] of Object.entries(paths)) await take(page, area, name, () => page.goto(path));
}
