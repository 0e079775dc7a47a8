import { type Advice, adviceOn, THRESHOLDS } from './quality.ts';

/** What is to be sent, and what is to be said about it before. */
export interface Prepared {
	readonly blob: Blob;
	readonly advice: readonly Advice[];
}

/** Of a picture no more is sent than what is readable of it. */
const LONGEST_EDGE = 2400;
const QUALITY = 0.85;

/**
 * A picture as it is to be sent: upright, no larger than what is readable, on white where it was transparent; the file itself
 * where that is smaller. Rejects where this browser cannot decode it. Runs in a worker.
 */
export async function preparePicture(file: Blob): Promise<Prepared> {
	const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
	const natural = { width: picture.width, height: picture.height };
	try {
		const advice = adviceOn(pixelsOf(draw(picture, THRESHOLDS.sampleEdge)), natural);
		const redrawn = await draw(picture, LONGEST_EDGE).convertToBlob({ type: 'image/jpeg', quality: QUALITY });
		return { blob: redrawn.size < file.size ? redrawn : file, advice };
	} finally {
		picture.close();
	}
}

function draw(picture: ImageBitmap, longestEdge: number): OffscreenCanvas {
	const scale = Math.min(1, longestEdge / Math.max(picture.width, picture.height));
	const width = Math.max(1, Math.round(picture.width * scale));
	const height = Math.max(1, Math.round(picture.height * scale));
	const canvas = new OffscreenCanvas(width, height);
	const context = contextOf(canvas);
	context.imageSmoothingQuality = 'high';
	context.fillStyle = '#fff';
	context.fillRect(0, 0, width, height);
	context.drawImage(picture, 0, 0, width, height);
	return canvas;
}

function pixelsOf(canvas: OffscreenCanvas): ImageData {
	return contextOf(canvas).getImageData(0, 0, canvas.width, canvas.height);
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
	const context = canvas.getContext('2d');
	if (!context) throw new Error('this browser draws nothing outside a page');
	return context;
}
