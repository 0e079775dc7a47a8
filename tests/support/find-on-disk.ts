import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** Files of a folder, at any depth, in which a text stands: as it is, as UTF-16, or inside a compressed cache entry. */
export function findOnDisk(folder: string, text: string): string[] {
	const needles = spellings(text);
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((file) => {
			const bytes = withoutTimes(file);
			return [bytes, ...unpacked(bytes)].some((layer) => needles.some((needle) => layer.includes(needle)));
		});
}

/** A file's bytes; a browser's own logs without the times of their lines, in which any four figures stand sooner or later. */
function withoutTimes(file: string): Buffer {
	const bytes = readFileSync(file);
	if (!/^LOG(\.old)?$/.test(basename(file))) return bytes;
	return Buffer.from(bytes.toString('latin1').replace(/\d{4}\/\d\d\/\d\d-\d\d:\d\d:\d\d\.\d{6}/g, ''), 'latin1');
}

/** A shorter part is met by chance in a file of some megabytes. */
const SHORTEST_PART = 5;

/**
 * What to look for: the whole text and its halves, since a block that Snappy packs breaks a text only where it repeats one
 * before; each in the encodings that a browser writes.
 */
function spellings(text: string): Buffer[] {
	const half = Math.max(Math.ceil(text.length / 2), SHORTEST_PART);
	const parts = [text, text.slice(0, half), text.slice(-half)];
	return parts.flatMap((part) => [
		Buffer.from(part, 'utf8'),
		Buffer.from(part, 'utf16le'),
		Buffer.from(encodeURIComponent(part)),
		Buffer.from(Buffer.from(part).toString('base64').replace(/=*$/, '').slice(0, -1)),
	]);
}

const CACHE_ENTRY = Buffer.from('305c72a71b6dfbfc', 'hex');
const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** Every layer of a file that can be unpacked: what a cache keeps compressed, and gzip or zstd wherever it begins. */
function unpacked(bytes: Buffer): Buffer[] {
	const layers: Buffer[] = [];
	const attempt = (unpack: () => Buffer) => {
		try {
			layers.push(unpack());
		} catch {
			// Not packed in this way.
		}
	};
	if (bytes.subarray(0, 8).equals(CACHE_ENTRY)) {
		// The entry's head of 24 bytes tells at its twelfth how long the key is; the body follows it.
		const body = bytes.subarray(24 + bytes.readUInt32LE(12));
		attempt(() => brotliDecompressSync(body));
		attempt(() => inflateSync(body));
	}
	for (let at = bytes.indexOf(GZIP); at !== -1; at = bytes.indexOf(GZIP, at + 1)) {
		attempt(() => gunzipSync(bytes.subarray(at)));
	}
	for (let at = bytes.indexOf(ZSTD); at !== -1; at = bytes.indexOf(ZSTD, at + 1)) {
		attempt(() => zstdDecompressSync(bytes.subarray(at)));
	}
	return layers;
}
