import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '#lib/server/demo/random.ts';
import { prepareFile } from '#lib/server/evidence/prepare-file.ts';
import { type EvidenceStorage, folderStorage } from '#lib/server/evidence/storage.ts';
import { readCleanImage } from '../support/clean-image.ts';
import { jpegWith } from '../support/hostile-image.ts';
import { craftedFiles, type HostileFile, makeSound, spoiledFile } from '../support/hostile-files.ts';

const FILES = process.env['TRIALS'] === 'full' ? 10_000 : 1_000;
const SEED = 20_261_128;
const MOST_MEMORY = 512 * 1024 * 1024;
/** All of them take a quarter of an hour. */
const PATIENCE_MS = 3_600_000;
const REFUSALS = ['not_supported', 'renamed', 'unreadable', 'locked', 'too_many_pixels', 'too_many_pages'];

let folder = '';
let storage: EvidenceStorage;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'portal-mutations-'));
	storage = folderStorage(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Sends a file in and looks at what would be stored; answers what came of it. */
async function send({ name, bytes }: HostileFile): Promise<string> {
	const staged = await storage.stage();
	await writeFile(staged.path, bytes);
	const prepared = await prepareFile(staged, storage, name);
	if (!prepared.ok) return prepared.refusal;
	const { contentType, whole, thumbnail, pageCount } = prepared.file;
	if (contentType === 'application/pdf') {
		expect((await readFile(whole.path)).equals(bytes)).toBe(true);
		expect(pageCount).toBeGreaterThan(0);
		expect(pageCount).toBeLessThanOrEqual(60);
	} else {
		const { width, height } = await readCleanImage(whole.path, contentType);
		expect(width * height).toBeLessThanOrEqual(40_000_000);
		expect(pageCount).toBe(1);
	}
	await readCleanImage(thumbnail.path, 'image/jpeg');
	await Promise.all([storage.discard(whole), storage.discard(thumbnail)]);
	return 'kept';
}

test(
	`of ${String(FILES)} spoiled and hostile files none is stored unsafe, none stays behind, and memory stays small`,
	async () => {
		const random = seededRandom(SEED);
		const sound = await makeSound();
		const crafted = await craftedFiles(sound);
		const seen = new Map<string, number>();
		let memory = 0;
		const watch = setInterval(() => (memory = Math.max(memory, process.memoryUsage.rss())), 20);
		let next = 0;
		const sender = async () => {
			while (next < FILES) {
				const at = next++;
				// Every third one is crafted: each of those comes again and again, beside ever different neighbours.
				const file = (at % 3 === 0 ? crafted[(at / 3) % crafted.length] : undefined) ?? spoiledFile(sound, random);
				const where = `file ${String(at)}: ${file.kind}`;
				const outcome = await send(file).catch((fault: unknown) => `${where}: ${String(fault)}`);
				expect(file.expected ? [file.expected] : [...REFUSALS, 'kept'], where).toContain(outcome);
				seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
			}
		};
		await Promise.all([sender(), sender(), sender()]);
		clearInterval(watch);
		expect([...seen.keys()].sort()).toEqual([...REFUSALS, 'kept'].sort());
		expect(memory).toBeLessThan(MOST_MEMORY);
		expect(await readdir(join(folder, 'staged'))).toEqual([]);
		expect(process.getActiveResourcesInfo()).not.toContain('ProcessWrap');
	},
	PATIENCE_MS,
);

test('what must not be stored is found where it stands', async () => {
	const sound = await makeSound();
	const look = async (bytes: Buffer, type = 'image/jpeg') => {
		const path = join(folder, 'looked-at');
		await writeFile(path, bytes);
		return readCleanImage(path, type);
	};
	const plain = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#a1b2c3' } })
		.jpeg()
		.toBuffer();
	expect(await look(plain)).toEqual({ width: 9, height: 9 });
	await expect(look(sound.jpg)).rejects.toThrow('part e1');
	await expect(look(Buffer.concat([plain, Buffer.from('x')]))).rejects.toThrow('1 bytes after the end');
	await expect(look(jpegWith(plain, 0xfe, 'words'))).rejects.toThrow('part fe');
	await expect(look(plain.subarray(0, -2))).rejects.toThrow('a scan without end');
	await expect(look(sound.png, 'image/png')).rejects.toThrow('part eXIf');
	await expect(look(plain, 'image/png')).rejects.toThrow('no PNG');
});
