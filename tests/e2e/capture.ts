import { createHash } from 'node:crypto';
import { type BrowserContext, chromium, expect, type Page } from '@playwright/test';
import sharp from 'sharp';
import { seededRandom } from '#lib/server/demo/random.ts';
import { launchOptions } from '../support/browser.ts';
import { startStandIn } from '../support/tus-stand-in.ts';
import { personAt, signIn } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

/** A file as it is put into a form. */
export interface Chosen {
	readonly name: string;
	readonly mimeType: string;
	readonly buffer: Buffer;
}

/** A stand-in for the server's uploads in front of the run's application. */
export const standInFor = (baseURL: string | undefined) => startStandIn(Number(new URL(baseURL ?? '').port));

/**
 * A browser with its own folder that asks for the application at its usual address and is led to another port on the way, so
 * that pages, cookies and origins are what they always are.
 */
export async function openPhone(folder: string, baseURL: string | undefined, port: number): Promise<BrowserContext> {
	const { args = [], ...options } = launchOptions();
	const { host } = new URL(baseURL ?? '');
	const context = await chromium.launchPersistentContext(folder, {
		...options,
		args: [...args, `--host-resolver-rules=MAP ${host} 127.0.0.1:${String(port)}`],
		baseURL: baseURL ?? '',
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		viewport: { width: 360, height: 780 },
		serviceWorkers: 'block',
	});
	return context;
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
}

/** Chooses files for the reason and sends them on their way. */
export async function choose(page: Page, files: readonly Chosen[]): Promise<void> {
	const form = page.locator('form[action*="need=reason"]');
	await form.locator('[name=kind]').selectOption('end_of_employment_letter');
	await form.locator('input[multiple]').setInputFiles([...files]);
	await form.getByRole('button', { name: w('documents_send') }).click();
}

/** The files on their way that are in a state. */
export const inState = (page: Page, state: string) => page.locator(`[data-state=${state}]`);

/** A file that no browser can make smaller, of so many bytes that come again with its seed. */
export function paper(name: string, size: number, seed: number): Chosen {
	const random = seededRandom(seed);
	const buffer = Buffer.alloc(size);
	for (let at = 0; at + 4 <= size; at += 4) buffer.writeUInt32LE(random.whole(0, 0xfffffffe), at);
	buffer.write('%PDF-1.4\n');
	return { name, mimeType: 'application/pdf', buffer };
}

export const hashOf = ({ buffer }: Chosen) => createHash('sha256').update(buffer).digest('hex');

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
