import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '#lib/server/demo/random.ts';
import { prepareFile } from '#lib/server/evidence/prepare-file.ts';
import { type EvidenceStorage, folderStorage } from '#lib/server/evidence/storage.ts';
import { readCleanImage } from '../support/clean-image.ts';
import { type PhonePhoto, phonePhoto } from '../support/phone-photo.ts';

const PHOTOS = process.env['TRIALS'] === 'full' ? 500 : 50;
const SEED = 20_261_129;

let folder = '';
let storage: EvidenceStorage;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'portal-gps-'));
	storage = folderStorage(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Sends a photo in, finds nothing of its place in what would be stored, and answers the stored picture. */
async function send({ name, bytes, place }: Omit<PhonePhoto, 'seen'>): Promise<Buffer> {
	for (const trace of place) expect(bytes.includes(trace), `${name} has ${String(trace)}`).toBe(true);
	const staged = await storage.stage();
	await writeFile(staged.path, bytes);
	const prepared = await prepareFile(staged, storage, name);
	if (!prepared.ok) throw new Error(prepared.refusal);
	const { contentType, whole, thumbnail } = prepared.file;
	const stored = await readFile(whole.path);
	for (const picture of [stored, await readFile(thumbnail.path)]) {
		for (const trace of place) expect(picture.includes(trace)).toBe(false);
	}
	await readCleanImage(whole.path, contentType);
	await readCleanImage(thumbnail.path, 'image/jpeg');
	await Promise.all([storage.discard(whole), storage.discard(thumbnail)]);
	return stored;
}

/** How far two pictures of a size are apart, from 0 to 255, a point's colour with another. */
function difference(one: Buffer, other: Buffer): number {
	expect(one.length).toBe(other.length);
	return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;
}

test(`of ${String(PHOTOS)} photos none keeps its place, and each stands upright, in its size and as it was seen`, async () => {
	const random = seededRandom(SEED);
	let next = 0;
	const sender = async () => {
		while (next < PHOTOS) {
			const where = `photo ${String(next)}`;
			const photo = await phonePhoto(random, (['jpeg', 'png', 'webp'] as const)[next++ % 3] ?? 'jpeg');
			const stored = await send(photo).catch((fault: unknown) => Promise.reject(new Error(where, { cause: fault })));
			const { data, info } = await sharp(stored).removeAlpha().raw().toBuffer({ resolveWithObject: true });
			expect([info.width, info.height], where).toEqual([photo.seen.width, photo.seen.height]);
			expect(difference(data, photo.seen.pixels), where).toBeLessThan(12);
		}
	};
	await Promise.all([sender(), sender(), sender()]);
	expect(await readdir(join(folder, 'staged'))).toEqual([]);
});

test("a phone's HEIC leaves its place behind too", async () => {
	const bytes = await readFile(new URL('../examples/evidence/phone-gps.heic', import.meta.url));
	const place = [Buffer.from(new Uint32Array([31, 1, 13, 1, 49, 1]).buffer), 'PhoneMaker'];
	const { width, height } = await sharp(await send({ name: 'IMG_0002.HEIC', bytes, place })).metadata();
	expect([width, height]).toEqual([64, 40]);
});
