import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { type DecodeJob, type Decoded, MOST_PIXELS } from '#lib/server/evidence/decode/job.ts';

const THUMBNAIL_EDGE = 320;
const SECONDS = 20;

// Only the decoders that evidence needs: what claims to be a JPEG and is an SVG inside finds nobody to draw it.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
	operation: ['VipsForeignLoadJpegFile', 'VipsForeignLoadPngFile', 'VipsForeignLoadWebpFile'],
});
sharp.cache(false);
sharp.concurrency(1);

/**
 * Decodes an image and writes it anew, upright and without metadata (no place, no device, no earlier picture), and a
 * small one of it as JPEG. Runs in the decoding process.
 */
export async function redrawImage(job: DecodeJob & { kind: 'image' }): Promise<Decoded> {
	const opened = job.type === 'image/heic' ? await openHeic(job.source) : await openByName(job.source);
	if (opened === 'too_many_pixels') return { ok: false, refusal: opened };
	const image = opened.timeout({ seconds: SECONDS });
	const whole =
		job.type === 'image/png'
			? image.clone().png({ compressionLevel: 8 })
			: image.clone().flatten({ background: '#ffffff' }).jpeg({ quality: 88 });
	await whole.toFile(job.whole);
	await writeThumbnail(image, job.thumbnail);
	return { ok: true, pages: 1 };
}

/** The small picture that stands in lists. */
export async function writeThumbnail(image: Sharp, path: string): Promise<void> {
	await image
		.clone()
		.resize(THUMBNAIL_EDGE, THUMBNAIL_EDGE, { fit: 'inside', withoutEnlargement: true })
		.flatten({ background: '#ffffff' })
		.jpeg({ quality: 55, mozjpeg: true })
		.toFile(path);
}

async function openByName(source: string): Promise<Sharp | 'too_many_pixels'> {
	const { width, height } = await sharp(source, { limitInputPixels: false, pages: 1 }).metadata();
	if (width * height > MOST_PIXELS) return 'too_many_pixels';
	return sharp(source, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 }).autoOrient();
}

/** A phone's own format; the patents on it keep it out of the other decoder. */
async function openHeic(source: string): Promise<Sharp | 'too_many_pixels'> {
	// Large, and needed for few files.
	const { default: decodeHeic } = await import('heic-decode');
	const [first] = await decodeHeic.all({ buffer: await readFile(source) });
	if (!first) throw new Error('no image inside');
	const { width, height } = first;
	if (width * height > MOST_PIXELS) return 'too_many_pixels';
	const { data } = await first.decode();
	return sharp(data, { raw: { width, height, channels: 4 } });
}
