import { readFile } from 'node:fs/promises';
import { crc32, inflateSync } from 'node:zlib';
import sharp from 'sharp';

/**
 * What a stored picture may hold and nothing else, told by its structure alone: the pixels, what decodes them, their density.
 * A fault names the first thing that is out of place; a picture without fault comes back as its size.
 */
export async function readCleanImage(path: string, type: string): Promise<{ width: number; height: number }> {
	const bytes = await readFile(path);
	const size = type === 'image/png' ? readPng(bytes) : readJpeg(bytes);
	const { info } = await sharp(path, { failOn: 'warning' }).raw().toBuffer({ resolveWithObject: true });
	if (info.width !== size.width || info.height !== size.height) throw new Error('another size inside');
	for (const foreign of FOREIGN) if (bytes.includes(foreign)) throw new Error(`holds ${foreign}`);
	return size;
}

/** Long enough that no picture holds it by chance. */
const FOREIGN = ['<script', '<?php', '<svg', '%PDF-', 'PK\u0003\u0004', 'Exif\0', 'http://', 'This program cannot'];

/** The tables and the frame; JFIF beside them, which says the density. No comment, no profile, no Exif, no other maker's part. */
const JPEG_PARTS = new Set([0xdb, 0xc0, 0xc2, 0xc4, 0xdd, 0xda]);

function readJpeg(bytes: Buffer): { width: number; height: number } {
	let size = { width: 0, height: 0 };
	if (bytes.readUInt16BE(0) !== 0xffd8) throw new Error('no JPEG');
	let at = 2;
	for (;;) {
		if (bytes[at] !== 0xff) throw new Error(`no marker at ${String(at)}`);
		const marker = bytes[at + 1] ?? 0;
		if (marker === 0xd9) break;
		const length = bytes.readUInt16BE(at + 2);
		const isJfif = marker === 0xe0 && length === 16 && bytes.toString('latin1', at + 4, at + 9) === 'JFIF\0';
		if (!isJfif && !JPEG_PARTS.has(marker)) throw new Error(`part ${marker.toString(16)}`);
		if (marker === 0xc0 || marker === 0xc2)
			size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
		at += 2 + length;
		if (marker === 0xda) at = endOfScan(bytes, at);
	}
	if (at + 2 !== bytes.length) throw new Error(`${String(bytes.length - at - 2)} bytes after the end`);
	return size;
}

/** Within a scan a marker is a restart, or a stuffed nought and none. */
function endOfScan(bytes: Buffer, from: number): number {
	for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 2)) {
		const next = bytes[at + 1] ?? 0;
		if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
	}
	throw new Error('a scan without end');
}

const PNG_PARTS = new Set(['IHDR', 'PLTE', 'tRNS', 'pHYs', 'IDAT', 'IEND']);
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function readPng(bytes: Buffer): { width: number; height: number } {
	if (bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') throw new Error('no PNG');
	const data: Buffer[] = [];
	let name = '';
	let at = 8;
	while (name !== 'IEND') {
		const length = bytes.readUInt32BE(at);
		name = bytes.toString('latin1', at + 4, at + 8);
		if (!PNG_PARTS.has(name)) throw new Error(`part ${name}`);
		if (bytes.readUInt32BE(at + 8 + length) !== crc32(bytes.subarray(at + 4, at + 8 + length)))
			throw new Error(`${name} has another checksum`);
		if (name === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + length));
		at += 12 + length;
	}
	if (at !== bytes.length) throw new Error(`${String(bytes.length - at)} bytes after the end`);
	const [width, height, depth, colour] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes[24], bytes[25]];
	const row = 1 + Math.ceil((width * (depth ?? 0) * (CHANNELS[colour ?? 0] ?? 0)) / 8);
	const packed = Buffer.concat(data);
	const { buffer, engine } = inflateSync(packed, { info: true }) as unknown as Inflated;
	if (buffer.length !== row * height) throw new Error('more or less than its pixels');
	if (engine.bytesWritten !== packed.length) throw new Error('bytes after its pixels');
	return { width, height };
}

/** What zlib answers where it is asked for more than the bytes. */
interface Inflated {
	readonly buffer: Buffer;
	readonly engine: { readonly bytesWritten: number };
}
