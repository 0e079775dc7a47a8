import { readFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import type { Random } from '#lib/server/demo/random.ts';
import { heicClaiming, jpegClaiming, jpegWith, pngClaiming, pngWith } from './hostile-image.ts';
import { ACTIVE_PDFS, pdfOfPages, WEARING_PDFS } from './hostile-pdf.ts';
import { MUTATIONS } from './mutate-bytes.ts';

/** A file that somebody sends, and what must come of it where that is certain. */
export interface HostileFile {
	readonly kind: string;
	readonly name: string;
	readonly bytes: Buffer;
	/** A refusal, or `kept`; where it is missing either will do. */
	readonly expected?: string;
}

/** Ordinary files of every kind that is taken, by name. */
export type Sound = Readonly<
	Record<'jpg' | 'progressive' | 'png' | 'palette' | 'webp' | 'lossless' | 'heic' | 'pdf', Buffer>
>;

/** Makes one of each kind, small enough that ten thousand of them are spoiled and decoded in minutes. */
export async function makeSound(): Promise<Sound> {
	const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
	const picture = (): Sharp =>
		sharp({ create: { width: 160, height: 120, channels: 3, background: '#a1b2c3', noise } })
			.blur(1)
			.withExif({ IFD0: { Make: 'PhoneMaker' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 49/1' } });
	return {
		jpg: await picture().jpeg().toBuffer(),
		progressive: await picture().jpeg({ progressive: true }).toBuffer(),
		png: await picture().png().toBuffer(),
		palette: await picture().png({ palette: true, colours: 16, progressive: true }).toBuffer(),
		webp: await picture().webp().toBuffer(),
		lossless: await picture().webp({ lossless: true }).toBuffer(),
		heic: await readFile(new URL('../examples/evidence/phone-gps.heic', import.meta.url)),
		pdf: await pdfOfPages(2, { compress: false }),
	};
}

const ENDING: Readonly<Record<keyof Sound, string>> = {
	jpg: 'jpg',
	progressive: 'jpeg',
	png: 'png',
	palette: 'png',
	webp: 'webp',
	lossless: 'webp',
	heic: 'heic',
	pdf: 'pdf',
};

/** A sound file of any kind, spoiled in any way. */
export function spoiledFile(sound: Sound, random: Random): HostileFile {
	const kinds: [keyof Sound, ...(keyof Sound)[]] = [
		'jpg',
		'progressive',
		'png',
		'palette',
		'webp',
		'lossless',
		'heic',
		'pdf',
	];
	const kind = random.pick(kinds);
	const [first = '', ...others] = Object.keys(MUTATIONS);
	const way = random.pick([first, ...others]);
	const bytes = MUTATIONS[way]?.(sound[kind], random, sound[random.pick(kinds)]) ?? sound[kind];
	return { kind: `${kind}, ${way}`, name: `spoiled.${ENDING[kind]}`, bytes };
}

const PAGE_OF_SCRIPT = '<!doctype html><script>alert(document.cookie)</script>';
const ZIP = `PK\u0003\u0004${'\0'.repeat(26)}a.exeMZ This program cannot be run in DOS mode.`;
const SVG = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

/** Files that are two things at once, claim more than they hold, or are named for what they are not. */
export async function craftedFiles(sound: Sound): Promise<HostileFile[]> {
	const files: HostileFile[] = [];
	const add = (
		kind: string,
		name: string,
		bytes: Buffer | string | readonly (Buffer | string)[],
		expected?: string,
	) => {
		const parts = [bytes].flat().map((piece) => Buffer.from(piece));
		files.push({ kind, name, bytes: Buffer.concat(parts), ...(expected && { expected }) });
	};
	for (const kind of ['jpg', 'progressive', 'png', 'palette', 'webp'] as const) {
		const name = `letter.${ENDING[kind]}`;
		add(`${kind} and a page`, name, [sound[kind], PAGE_OF_SCRIPT], 'kept');
		add(`${kind} and PHP`, name, [sound[kind], '<?php system($_GET["c"]); ?>'], 'kept');
		add(`${kind} and a ZIP`, name, [sound[kind], ZIP], 'kept');
		add(`${kind} and a PDF`, name, [sound[kind], sound.pdf], 'kept');
	}
	add('JPEG with a comment', 'letter.jpg', jpegWith(sound.jpg, 0xfe, PAGE_OF_SCRIPT), 'kept');
	add('JPEG with a part of another maker', 'letter.jpg', jpegWith(sound.jpg, 0xeb, ZIP + SVG), 'kept');
	add('PNG with text', 'letter.png', pngWith(sound.png, [['tEXt', Buffer.from(`Comment\0${PAGE_OF_SCRIPT}`)]]), 'kept');
	const swelling = Buffer.concat([Buffer.from('profile\0\0'), deflateSync(Buffer.alloc(30_000_000))]);
	add('PNG with text that swells', 'letter.png', pngWith(sound.png, [['zTXt', swelling]]));
	add('PNG with a profile that swells', 'letter.png', pngWith(sound.png, [['iCCP', swelling]]));
	add('PNG with a thousand texts', 'letter.png', pngWith(sound.png, Array(1_000).fill(['tEXt', Buffer.from('a\0b')])));
	add('PNG that claims to move', 'letter.png', pngWith(sound.png, [['acTL', Buffer.from('0000ffff00000000', 'hex')]]));

	add('PNG of 60000 x 60000', 'letter.png', pngClaiming(60_000, 60_000), 'too_many_pixels');
	add('PNG of 8000 x 5001', 'letter.png', pngClaiming(8_000, 5_001), 'too_many_pixels');
	add('PNG of 8000 x 5000, of which most is missing', 'letter.png', pngClaiming(8_000, 5_000), 'unreadable');
	add('JPEG of 65500 x 65500', 'letter.jpg', jpegClaiming(sound.jpg, 65_500, 65_500), 'too_many_pixels');
	add('JPEG of nothing', 'letter.jpg', jpegClaiming(sound.jpg, 0, 0), 'unreadable');
	add('HEIC of 60000 x 60000', 'letter.heic', heicClaiming(sound.heic, 60_000));

	const renamed: Readonly<Record<string, string | Buffer>> = {
		SVG,
		page: PAGE_OF_SCRIPT,
		ZIP,
		program: 'MZ\u0090\0This program cannot be run in DOS mode.',
		words: 'just words',
		'GIF and script': 'GIF89a/*\u0001\0\u0001\0\0\0*/=1;alert(1)',
		TIFF: await sharp(sound.png).tiff().toBuffer(),
		AVIF: await sharp(sound.png).avif({ effort: 0 }).toBuffer(),
		'PDF behind words': Buffer.concat([Buffer.from('words\n'), sound.pdf]),
	};
	for (const [kind, bytes] of Object.entries(renamed)) {
		for (const ending of ['JPG', 'png', 'heic', 'pdf']) add(`${kind} as ${ending}`, `a.${ending}`, bytes, 'renamed');
		add(`${kind} under its own name`, 'a.bin', bytes, 'not_supported');
	}

	for (const [kind, bytes] of Object.entries(ACTIVE_PDFS)) add(kind, 'letter.pdf', bytes, 'kept');
	for (const [kind, bytes] of Object.entries(WEARING_PDFS)) add(kind, 'letter.pdf', bytes);
	add('PDF and a ZIP', 'letter.pdf', [sound.pdf, ZIP], 'kept');
	add('PDF named for a photo', 'letter.jpg', sound.pdf, 'kept');
	add('PDF of 61 pages', 'letter.pdf', await pdfOfPages(61), 'too_many_pages');
	add('PDF with a password', 'letter.pdf', await pdfOfPages(1, { userPassword: 'a', pdfVersion: '1.7' }), 'locked');
	return files;
}
