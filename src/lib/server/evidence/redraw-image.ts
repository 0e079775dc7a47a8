import sharp from 'sharp';
import type { StagedFile } from '#lib/server/evidence/storage.ts';

/** The most that an image may show; a bomb of a few kilobytes can claim a thousand times more. */
const MAX_PIXELS = 40_000_000;
const THUMBNAIL_EDGE = 480;
const SECONDS = 20;

// Only the two decoders that evidence needs: what claims to be a JPEG and is an SVG inside finds nobody to draw it.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegFile', 'VipsForeignLoadPngFile'] });
sharp.cache(false);
sharp.concurrency(1);

/** The two kinds of image that are taken and kept. */
export type ImageType = 'image/jpeg' | 'image/png';

/**
 * Decodes an image and writes it anew, upright and without metadata (no place, no device, no earlier picture), and a
 * small one of it as JPEG. False where it cannot be decoded whole, is another format than it claims, or shows more
 * than 40 megapixels.
 */
export async function redrawImage(
	source: StagedFile,
	type: ImageType,
	into: { readonly whole: StagedFile; readonly thumbnail: StagedFile },
): Promise<boolean> {
	const image = sharp(source.path, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 })
		.timeout({ seconds: SECONDS })
		.autoOrient();
	try {
		await (
			type === 'image/png' ? image.clone().png({ compressionLevel: 8 }) : image.clone().jpeg({ quality: 88 })
		).toFile(into.whole.path);
		await image
			.clone()
			.resize(THUMBNAIL_EDGE, THUMBNAIL_EDGE, { fit: 'inside', withoutEnlargement: true })
			.flatten({ background: '#ffffff' })
			.jpeg({ quality: 72 })
			.toFile(into.thumbnail.path);
		return true;
	} catch {
		return false;
	}
}
