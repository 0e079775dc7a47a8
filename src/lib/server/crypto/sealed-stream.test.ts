import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openStream, sealStream } from '#lib/server/crypto/sealed-stream.ts';

const KEY = randomBytes(32);
const PIECE = 64 * 1024;

/** A stream in chunks of the given size. */
function inChunks(bytes: Buffer, size: number): Readable {
	const chunks = [];
	for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
	return Readable.from(chunks);
}

const seal = (bytes: Buffer, chunk = 1000, context = 'a') =>
	buffer(Readable.from(sealStream(inChunks(bytes, chunk), KEY, context)));
const open = (sealed: Buffer, chunk = 1000, context = 'a', key = KEY) =>
	buffer(inChunks(sealed, chunk).compose(openStream(key, context)));

test('what was sealed opens to the same bytes, however either was cut into chunks', async () => {
	const size = fc.oneof(fc.nat(300_000), fc.constantFrom(0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE));
	const chunk = fc.integer({ min: 1, max: 100_000 }).map((length) => Math.max(length, 500));
	await fc.assert(
		fc.asyncProperty(size, chunk, chunk, async (bytes, first, second) => {
			const plain = randomBytes(bytes);
			expect((await open(await seal(plain, first), second)).equals(plain)).toBe(true);
		}),
		{ numRuns: 40 },
	);
});

test('nothing opens under another key or at another place', async () => {
	const sealed = await seal(randomBytes(100));
	await expect(open(sealed, 1000, 'b')).rejects.toThrow();
	await expect(open(sealed, 1000, 'a', randomBytes(32))).rejects.toThrow();
});

test('a bit changed anywhere, a piece swapped, cut off or added is found', async () => {
	const plain = randomBytes(2 * PIECE + 100);
	const sealed = await seal(plain);
	const [head, piece] = [33, PIECE + 16];
	await fc.assert(
		fc.asyncProperty(fc.nat(sealed.length - 1), async (at) => {
			const changed = Buffer.from(sealed);
			changed[at] = (changed[at] ?? 0) ^ 1;
			await expect(open(changed, 70_000)).rejects.toThrow();
		}),
		{ numRuns: 60 },
	);
	const first = sealed.subarray(head, head + piece);
	const second = sealed.subarray(head + piece, head + 2 * piece);
	const last = sealed.subarray(head + 2 * piece);
	const start = sealed.subarray(0, head);
	const wrong = [
		[start, second, first, last],
		[start, first, last],
		[start, first, second],
		[start, first],
		[start],
		[],
		[start, first, second, last, last],
		[sealed, Buffer.of(0)],
	];
	for (const parts of wrong) await expect(open(Buffer.concat(parts))).rejects.toThrow();
	await expect(open(sealed.subarray(0, -1))).rejects.toThrow();
});

test('two seals of the same bytes have nothing in common', async () => {
	const plain = Buffer.alloc(1000);
	const [one, two] = [await seal(plain), await seal(plain)];
	expect(one.subarray(33).equals(two.subarray(33))).toBe(false);
});
