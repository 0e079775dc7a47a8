import { encode } from 'uqr';

/** A QR code as one SVG path on a grid of `size` by `size`, with the quiet margin that scanners need. */
export interface QrCode {
	readonly size: number;
	readonly path: string;
}

/** Draws a text as a QR code; each dark run of a row is one rectangle of the path. */
export function qrCode(text: string): QrCode {
	const { size, data } = encode(text, { ecc: 'M', border: 4 });
	let path = '';
	for (const [y, row] of data.entries()) {
		let x = 0;
		while (x < row.length) {
			let end = x;
			while (row[end]) end++;
			if (end > x) path += `M${String(x)} ${String(y)}h${String(end - x)}v1h-${String(end - x)}z`;
			x = end + 1;
		}
	}
	return { size, path };
}
