import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decode } from '#lib/server/evidence/decode/decode.ts';
import type { DecodeJob, ImageSource } from '#lib/server/evidence/decode/job.ts';
import { spawnConfined } from '#lib/server/evidence/decode/spawn-confined.ts';

let folder = '';
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'portal-decode-'));
	for (const name of ['whole', 'thumbnail', 'picture']) await writeFile(join(folder, name), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const path = (name: string) => join(folder, name);

async function image(type: ImageSource, bytes: Uint8Array) {
	await writeFile(path('source'), bytes);
	const job: DecodeJob = {
		kind: 'image',
		type,
		source: path('source'),
		whole: path('whole'),
		thumbnail: path('thumbnail'),
	};
	return decode(job);
}

/** The colour of a point, as red, green and blue; what is drawn anew may differ by a little. */
async function colourAt(file: string, left: number, top: number): Promise<number[]> {
	const { data } = await sharp(await readFile(file))
		.extract({ left, top, width: 1, height: 1 })
		.removeAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	return [...data].map((value) => Math.round(value / 32));
}

function pdf(pages: number): Promise<Buffer> {
	const document = new PDFDocument({ autoFirstPage: false, size: [200, 100] });
	for (let page = 0; page < pages; page++) {
		document
			.addPage()
			.rect(0, 0, 200, 100)
			.fill(page === 1 ? '#2040c0' : '#c04020');
	}
	document.end();
	return buffer(document);
}

test("a phone's HEIC and a WebP become JPEGs of the same picture", async () => {
	const heic = new URL('../examples/evidence/phone.heic', import.meta.url);
	expect(await image('image/heic', await readFile(heic))).toEqual({ ok: true, pages: 1 });
	const made = await sharp(path('whole')).metadata();
	expect([made.format, made.width, made.height]).toEqual(['jpeg', 64, 40]);
	expect(await colourAt(path('whole'), 50, 30)).toEqual([6, 2, 1]);
	const webp = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#2040c0' } })
		.webp()
		.toBuffer();
	expect(await image('image/webp', webp)).toEqual({ ok: true, pages: 1 });
	expect(await colourAt(path('whole'), 10, 10)).toEqual([1, 2, 6]);
});

test('the pages of a PDF are counted and drawn one by one, in their own colours', async () => {
	await writeFile(path('source'), await pdf(3));
	const counted = await decode({ kind: 'pdf', source: path('source'), thumbnail: path('thumbnail') });
	expect(counted).toEqual({ ok: true, pages: 3 });
	expect(await colourAt(path('thumbnail'), 50, 50)).toEqual([6, 2, 1]);
	const draw = (page: number) => decode({ kind: 'pdf-page', source: path('source'), page, picture: path('picture') });
	expect(await draw(1)).toEqual({ ok: true, pages: 3 });
	expect(await colourAt(path('picture'), 500, 500)).toEqual([1, 2, 6]);
	expect(await draw(3)).toEqual({ ok: false, refusal: 'unreadable' });
});

test('a PDF of 60 pages is taken, and one of 61 is not', async () => {
	const count = async (pages: number) => {
		await writeFile(path('source'), await pdf(pages));
		return decode({ kind: 'pdf', source: path('source'), thumbnail: path('thumbnail') });
	};
	expect(await count(60)).toEqual({ ok: true, pages: 60 });
	expect(await count(61)).toEqual({ ok: false, refusal: 'too_many_pages' });
});

/** What came of a deed tried inside the confined process: its answer, or the signal that ended it. */
function attempt(deed: string, path = ''): Promise<unknown> {
	const child = spawnConfined('tests/support/confined-probe.ts', [folder + '/whole'], { megabytes: 900, seconds: 2 });
	return new Promise((resolve) => {
		child.once('message', (answer) => {
			resolve(answer);
			child.kill();
		});
		child.once('close', (code, signal) => resolve(signal ?? code));
		child.send([deed, path]);
	});
}

test('the decoding process touches no file but those named, starts nothing and knows no setting', async () => {
	await writeFile(path('neighbour'), 'of somebody else');
	const denied = { refused: 'ERR_ACCESS_DENIED' };
	expect(await attempt('read', path('neighbour'))).toEqual(denied);
	expect(await attempt('read', '/etc/passwd')).toEqual(denied);
	expect(await attempt('write', path('neighbour'))).toEqual(denied);
	expect(await attempt('write', join(process.cwd(), 'written.txt'))).toEqual(denied);
	expect(await attempt('start', '/bin/true')).toEqual(denied);
	expect(await attempt('thread')).toEqual(denied);
	expect(await attempt('environment')).toEqual({ done: 'PATH,PWD' });
	expect(await attempt('read', path('whole'))).toMatchObject({ done: expect.any(Number) as number });
});

test('it fills no disk: a file that it may write grows to no more than the largest picture', async () => {
	expect(['SIGXFSZ', { refused: 'EFBIG' }]).toContainEqual(await attempt('large', path('whole')));
});

test('a process that a file has taken over is not believed beyond the answers there are', async () => {
	const say = async (answer: unknown) => {
		await writeFile(path('source'), JSON.stringify(answer));
		const job = { kind: 'pdf', source: path('source'), thumbnail: path('thumbnail') } as const;
		return decode(job, 'tests/support/lying-child.ts');
	};
	const unreadable = { ok: false, refusal: 'unreadable' };
	expect(await say({ ok: true, pages: 2 })).toEqual({ ok: true, pages: 2 });
	expect(await say({ ok: true, pages: 1_000_000 })).toEqual(unreadable);
	expect(await say({ ok: true, pages: '<script>' })).toEqual(unreadable);
	expect(await say({ ok: false, refusal: 'constructor' })).toEqual(unreadable);
	expect(await say('yes')).toEqual(unreadable);
	expect(await say({ ok: false, refusal: 'locked', page: '<script>' })).toEqual({ ok: false, refusal: 'locked' });
});

test('the kernel ends it where it wants more memory or more time than it may have', async () => {
	expect(['SIGKILL', 'SIGABRT', 'SIGTRAP', 134, { refused: 'ERR_MEMORY_ALLOCATION_FAILED' }]).toContainEqual(
		await attempt('memory'),
	);
	expect(await attempt('forever')).toMatch(/^SIG(XCPU|KILL)$/);
});

test('where the kernel lets us cut it off, it reaches no network, not even this machine', async () => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const answer = await attempt('network', String(port));
	server.close();
	const cut = spawnSync('unshare', ['--map-root-user', '--net', 'true']).status === 0;
	if (cut) expect(answer).toMatchObject({ refused: expect.stringMatching(/^E(CONNREFUSED|NETUNREACH)$/) as string });
	else expect(answer).toEqual({ done: 'reached' });
});
