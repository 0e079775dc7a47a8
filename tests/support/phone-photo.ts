import sharp from 'sharp';
import type { Random } from '#lib/server/demo/random.ts';
import { pngWith } from './hostile-image.ts';

/** A photo as a phone writes it, and what a person sees on it. */
export interface PhonePhoto {
	readonly name: string;
	readonly bytes: Buffer;
	/** The place in it, as its bytes state it; nothing else holds them. */
	readonly place: readonly (Buffer | string)[];
	readonly seen: { readonly width: number; readonly height: number; readonly pixels: Buffer };
}

/** A photo of four colours and some noise in a random size, held in a random way, with the place where it was taken. */
export async function phonePhoto(random: Random, format: 'jpeg' | 'png' | 'webp'): Promise<PhonePhoto> {
	const seen = paint(random, random.whole(40, 240), random.whole(40, 240));
	const orientation = random.whole(1, 8);
	const [degrees, minutes, seconds] = [random.whole(18, 53), random.whole(0, 59), random.whole(1, 59)];
	const latitude = `${String(degrees)}/1 ${String(minutes)}/1 ${String(seconds)}/1`;
	const words = `${String(degrees)},${String(minutes)}.${String(seconds)}N`;
	const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><GPSLatitude>${words}</GPSLatitude></x:xmpmeta>`;
	const picture = await held(seen, orientation);
	const photo = await picture
		.withExif({
			IFD0: { Make: 'PhoneMaker', Model: words },
			IFD3: { GPSLatitudeRef: 'N', GPSLatitude: latitude, GPSLongitudeRef: 'E', GPSLongitude: '121/1 28/1 25/1' },
		})
		.withMetadata({ orientation })
		.withXmp(packet)
		.toFormat(format, { quality: 95 })
		.toBuffer();
	// Into a PNG it would go packed.
	const text = Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${packet}`);
	const named = format === 'png' ? pngWith(photo, [['iTXt', text]]) : photo;
	// Some phones put a film behind the picture, with the place in it once more.
	const bytes = random.chance(20) ? Buffer.concat([named, Buffer.from(`ftypmp42 moov ${words}`)]) : named;
	return { name: `IMG_0001.${format}`, bytes, place: [rationals(latitude), words, 'GPSLatitude', 'PhoneMaker'], seen };
}

function paint(random: Random, width: number, height: number): PhonePhoto['seen'] {
	const colours = [0, 1, 2, 3].map((corner) => [0, 1, 2].map(() => corner * 40 + random.whole(40, 80)));
	const pixels = Buffer.alloc(width * height * 3);
	for (let at = 0; at < pixels.length; at++) {
		const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
		const corner = (x * 2 < width ? 0 : 1) + (y * 2 < height ? 0 : 2);
		pixels[at] = (colours[corner]?.[at % 3] ?? 0) + random.whole(-6, 6);
	}
	return { width, height, pixels };
}

/** The picture as it lies in the file where the phone was held so: as many quarter turns, mirrored or not. */
async function held({ width, height, pixels }: PhonePhoto['seen'], orientation: number) {
	const [turn, mirrored] = HELD[orientation - 1] ?? [0, false];
	const raw = { width, height, channels: 3 } as const;
	const { data, info } = await sharp(pixels, { raw }).rotate(turn).raw().toBuffer({ resolveWithObject: true });
	return sharp(data, { raw: { ...raw, width: info.width, height: info.height } }).flop(mirrored);
}

/** By Exif's orientations from 1 to 8: what undoes each. */
const HELD = [
	[0, false],
	[0, true],
	[180, false],
	[180, true],
	[90, true],
	[270, false],
	[270, true],
	[90, false],
] as const;

/** Fractions as Exif writes them: two numbers of four bytes each, the smaller end first. */
function rationals(fractions: string): Buffer {
	return Buffer.from(new Uint32Array(fractions.split(/[ /]/).map(Number)).buffer);
}
