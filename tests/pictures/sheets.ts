import { join } from 'node:path';
import sharp from 'sharp';
import { ALBUM, type Picture, SMALL } from './album.ts';
import { columnOf, groupBy } from './contact-page.ts';

/** For what is drawn on at once. */
const QUICK = { compressionLevel: 0 };
const SHEET = { width: 1960, height: 1960, gap: 12, label: 18 };

/** How wide a picture stands on a sheet, and how much of its height at most; the whole is in the picture itself. */
function tileOf(width: number): { wide: number; most: number } {
	if (width > 1000) return { wide: 636, most: 950 };
	return width > 400 ? { wide: 474, most: 950 } : { wide: 231, most: 950 };
}

/** Pictures side by side under their names, for each area, language and theme; returns how many sheets there are. */
export async function writeSheets(pictures: readonly Picture[]): Promise<number> {
	let count = 0;
	for (const group of groupBy(pictures, (picture) => `${picture.area} ${String(picture.width)} ${columnOf(picture)}`)) {
		const [title, all] = group;
		const { wide } = tileOf(all[0]?.width ?? 0);
		const across = Math.floor(SHEET.width / (wide + SHEET.gap));
		const rows = Array.from({ length: Math.ceil(all.length / across) }, (_, row) =>
			all.slice(row * across, (row + 1) * across),
		);
		let sheet: Row[] = [];
		let number = 0;
		const close = async () => {
			if (sheet.length > 0) await draw(`sheet ${title} ${String(++number)}`, sheet, wide);
			sheet = [];
		};
		for (const pictures of rows) {
			const row = await rowOf(pictures);
			const height = sheet.reduce((sum, { tall }) => sum + tall, 0);
			if (height + row.tall > SHEET.height) await close();
			sheet.push(row);
		}
		await close();
		count += number;
	}
	return count;
}

interface Row {
	readonly tall: number;
	readonly tiles: readonly { readonly bytes: Buffer; readonly name: string }[];
}

async function rowOf(pictures: readonly Picture[]): Promise<Row> {
	const tiles = await Promise.all(
		pictures.map(async ({ file, name, width }) => {
			const { wide, most } = tileOf(width);
			const small = await sharp(join(ALBUM, file)).resize(wide).png(QUICK).toBuffer({ resolveWithObject: true });
			const height = Math.min(small.info.height, most);
			const bytes = await sharp(small.data).extract({ left: 0, top: 0, width: wide, height }).png(QUICK).toBuffer();
			return { bytes, name, height };
		}),
	);
	return { tall: Math.max(...tiles.map(({ height }) => height)) + SHEET.label + SHEET.gap, tiles };
}

async function draw(title: string, rows: readonly Row[], wide: number): Promise<void> {
	const height = rows.reduce((sum, { tall }) => sum + tall, SHEET.gap);
	let top = SHEET.gap;
	const parts = rows.flatMap(({ tall, tiles }) => {
		const placed = tiles.flatMap(({ bytes, name }, at) => {
			const left = SHEET.gap + at * (wide + SHEET.gap);
			return [
				{ input: label(name, wide), left, top },
				{ input: bytes, left, top: top + SHEET.label },
			];
		});
		top += tall;
		return placed;
	});
	const ground = { width: SHEET.width, height, channels: 3, background: '#a8a49c' } as const;
	const drawn = sharp({ create: ground }).composite(parts);
	await drawn.png(SMALL).toFile(join(ALBUM, `${title.replaceAll(' ', '-')}.png`));
}

function label(name: string, wide: number): Buffer {
	const text = `<text x="0" y="13" font-family="sans-serif" font-size="13" fill="#111">${name}</text>`;
	return Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${String(wide)}" height="${String(SHEET.label)}">${text}</svg>`,
	);
}
