import { crc32, deflateSync } from 'node:zlib';

function pngPart(name: string, data: Uint8Array): Buffer {
	const part = Buffer.alloc(12 + data.length);
	part.writeUInt32BE(data.length, 0);
	part.write(name, 4, 'latin1');
	part.set(data, 8);
	part.writeUInt32BE(crc32(part.subarray(4, 8 + data.length)), 8 + data.length);
	return part;
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** A PNG of hardly any bytes that claims to show so much. */
export function pngClaiming(width: number, height: number): Buffer {
	const head = Buffer.from('00000000000000000802000000', 'hex');
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	const rows = deflateSync(Buffer.alloc(100_000));
	return Buffer.concat([SIGNATURE, pngPart('IHDR', head), pngPart('IDAT', rows), pngPart('IEND', Buffer.alloc(0))]);
}

/** The PNG with parts put in before its pixels. */
export function pngWith(png: Buffer, parts: readonly [name: string, data: Uint8Array][]): Buffer {
	const afterHead = SIGNATURE.length + 25;
	const added = parts.map(([name, data]) => pngPart(name, data));
	return Buffer.concat([png.subarray(0, afterHead), ...added, png.subarray(afterHead)]);
}

/** The JPEG with another size in its frame. */
export function jpegClaiming(jpeg: Buffer, width: number, height: number): Buffer {
	const changed = Buffer.from(jpeg);
	const frame = changed.indexOf(Buffer.from([0xff, 0xc0, 0, 17, 8]));
	changed.writeUInt16BE(height, frame + 5);
	changed.writeUInt16BE(width, frame + 7);
	return changed;
}

/** The JPEG with parts put in at its head, such as a comment (0xfe) or another maker's data (0xe0 to 0xef). */
export function jpegWith(jpeg: Buffer, marker: number, data: string): Buffer {
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(data.length + 2, 2);
	return Buffer.concat([jpeg.subarray(0, 2), head, Buffer.from(data, 'latin1'), jpeg.subarray(2)]);
}

/** The HEIC with every size that it states made so large. */
export function heicClaiming(heic: Buffer, edge: number): Buffer {
	const changed = Buffer.from(heic);
	for (let at = changed.indexOf('ispe'); at !== -1; at = changed.indexOf('ispe', at + 4)) {
		changed.writeUInt32BE(edge, at + 8);
		changed.writeUInt32BE(edge, at + 12);
	}
	return changed;
}
