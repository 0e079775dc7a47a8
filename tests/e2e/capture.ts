import { createHash } from 'node:crypto';
import { type BrowserContext, chromium, expect, type Page } from '@playwright/test';
import sharp from 'sharp';
import { seededRandom } from '#lib/server/demo/random.ts';
import { launchOptions } from '../support/browser.ts';
import { query } from './run-folder.ts';
import { openItem, personAt, signIn } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

/** A file as it is put into a form. */
export interface Chosen {
	readonly name: string;
	readonly mimeType: string;
	readonly buffer: Buffer;
}

/**
 * A browser with its own folder that asks for the application at its usual address and is led to another port on the way, so
 * that pages, cookies and origins are what they always are.
 */
export async function openPhone(folder: string, baseURL: string | undefined, port?: number): Promise<BrowserContext> {
	const { args = [], ...options } = launchOptions();
	const { host } = new URL(baseURL ?? '');
	const rules = `--host-resolver-rules=MAP ${host} 127.0.0.1:${String(port)}`;
	return chromium.launchPersistentContext(folder, {
		...options,
		args: port === undefined ? args : [...args, rules],
		baseURL: baseURL ?? '',
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		viewport: { width: 360, height: 780 },
		serviceWorkers: 'block',
	});
}

/** Signed in, with a reason named, at the documents. */
export async function toDocuments(page: Page, desk: Page, place: number): Promise<void> {
	await signIn(page, await personAt(desk, place));
	await page.goto('/hardship');
	await page.locator('[name=reason][value=unemployment]').check();
	const fields = page.locator('main input[inputmode=decimal]');
	await fields.nth(0).fill('9000');
	await fields.nth(4).fill('2500');
	await page.getByRole('button', { name: w('hardship_save') }).click();
	await expect(page).toHaveURL(/\/documents/);
	await expect(page.locator('html[data-live]')).toBeAttached();
}

/** Chooses files for the reason and sends them on their way. */
export async function choose(page: Page, files: readonly Chosen[]): Promise<void> {
	await expect(page.locator('html[data-live]')).toBeAttached();
	const form = await openItem(page, 'end_of_employment_letter');
	await form.locator('input[multiple]').setInputFiles([...files]);
	await form.getByRole('button', { name: w('documents_send'), exact: true }).click();
}

/** The files on their way that are in a state. */
export const inState = (page: Page, state: string) => page.locator(`[data-state=${state}]`);

/** A PDF of one empty page with so many bytes beside it that no browser makes smaller, the same for the same seed. */
export function paper(name: string, size: number, seed: number, marker = ''): Chosen {
	const random = seededRandom(seed);
	const filler = Buffer.alloc(size);
	for (let at = 0; at + 4 <= size; at += 4) filler.writeUInt32LE(random.whole(0, 0xfffffffe), at);
	for (let at = 100; at + marker.length < size; at += 900_000) filler.write(marker, at);
	const objects = [
		'<</Type/Catalog/Pages 2 0 R>>',
		'<</Type/Pages/Kids[3 0 R]/Count 1>>',
		'<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>',
	].map((body, at) => Buffer.from(`${String(at + 1)} 0 obj${body}endobj\n`));
	const stream = [
		Buffer.from(`4 0 obj<</Length ${String(size)}>>stream\n`),
		filler,
		Buffer.from('\nendstream endobj\n'),
	];
	const parts = [Buffer.from('%PDF-1.4\n'), ...objects, Buffer.concat(stream)];
	let at = 0;
	const places = parts.map((part) => (at += part.length) - part.length).slice(1);
	const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
	const tail = `xref\n0 5\n0000000000 65535 f \n${rows}trailer<</Size 5/Root 1 0 R>>\nstartxref\n${String(at)}\n%%EOF\n`;
	return { name, mimeType: 'application/pdf', buffer: Buffer.concat([...parts, Buffer.from(tail)]) };
}

/** What the server holds of a name's beginning, in its order, as it gives it out again to the person. */
export async function received(
	page: Page,
	beginning: string,
): Promise<{ name: string; kind: string; sha256: string }[]> {
	const rows = await query<{ id: string; file_name: string; kind: string }>(
		`select id, file_name, kind from evidence where removed_at is null and file_name like $1 || '%' order by position`,
		[beginning],
	);
	return Promise.all(
		rows.map(async ({ id, file_name: name, kind }) => {
			// It is given out once it was looked into.
			await expect(async () => expect((await page.request.get(`/documents/${id}`)).status()).toBe(200)).toPass();
			const buffer = await (await page.request.get(`/documents/${id}`)).body();
			return { name, kind, sha256: hashOf({ buffer }) };
		}),
	);
}

export const hashOf = ({ buffer }: Pick<Chosen, 'buffer'>) => createHash('sha256').update(buffer).digest('hex');

/** A letter photographed at so many pixels across, out of focus by a blur and at a light. */
export async function letter(
	name: string,
	{ width = 3000, blur = 0, light = 1, transparent = false } = {},
): Promise<Chosen> {
	const height = Math.round(width * 1.4);
	const size = width / 45;
	const lines = Array.from({ length: 40 }, (_, line) => {
		const y = height * 0.1 + line * size * 1.7;
		return `<text x="${String(width * 0.1)}" y="${String(y)}" font-size="${String(size)}" fill="#222">end of employment 2026 · ${String(line * 7919)} · certified</text>`;
	});
	const ground = transparent ? '' : `<rect width="${String(width)}" height="${String(height)}" fill="#e4dfd4"/>`;
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}">${ground}${lines.join('')}</svg>`;
	const drawn = await sharp(Buffer.from(svg)).png().toBuffer();
	if (transparent) return { name, mimeType: 'image/png', buffer: drawn };
	const seen = sharp(drawn).linear(light, 0);
	const buffer = await (blur > 0 ? seen.blur(blur) : seen).jpeg({ quality: 92 }).toBuffer();
	return { name, mimeType: 'image/jpeg', buffer };
}
