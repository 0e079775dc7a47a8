/** What may be wrong with a picture of a page. It is told and never forbids. */
export const ADVICE = ['too_dark', 'too_blurred', 'too_small', 'glare'] as const;
export type Advice = (typeof ADVICE)[number];

/** Pixels as a canvas gives them: four bytes each, row by row. */
export interface Pixels {
	readonly data: Uint8ClampedArray;
	readonly width: number;
	readonly height: number;
}

/** What a readable page holds to; luminance from 0 to 255. */
export const THRESHOLDS = {
	/** The shortest edge, in pixels of the picture itself: a page of A4 at some 75 dots an inch. */
	shortestEdge: 600,
	/** Everything else is judged at this longest edge, so that no figure depends on the camera. */
	sampleEdge: 1024,
	tileEdge: 32,
	/** The brightest of a page, its paper or on a dark screen its letters, is the luminance that this share stays below. */
	brightShare: 0.97,
	darkestBright: 95,
	/** A tile with less variance shows nothing. */
	contentVariance: 30,
	/** Sharp is where the Laplacian varies at least so much as the luminance does, in the sharper half of what shows anything. */
	sharpness: 0.13,
	/** Blown out is what has reached this; a spot of light has a softer rim around it, white on a screen has none. */
	blown: 252,
	rim: 215,
	rimOfBlown: 0.15,
	/** Paper that is evenly white all over is a scan, not glare. */
	whitePaper: 240,
	glareShare: 0.015,
} as const;

/** What is to be said about a picture of `natural` size, by its pixels at any size from `sampleEdge` up. */
export function adviceOn(pixels: Pixels, natural: { readonly width: number; readonly height: number }): Advice[] {
	const gray = sampleOf(pixels);
	const levels = levelsOf(gray);
	const tiles = tilesOf(gray);
	const isDark = levelAt(levels, THRESHOLDS.brightShare) < THRESHOLDS.darkestBright;
	return [
		...(isDark ? (['too_dark'] as const) : []),
		// What is too dark to see cannot be told from what is blurred.
		...(sharpnessOf(tiles) < THRESHOLDS.sharpness && !isDark ? (['too_blurred'] as const) : []),
		...(Math.min(natural.width, natural.height) < THRESHOLDS.shortestEdge ? (['too_small'] as const) : []),
		...(hasGlare(levels, tiles) ? (['glare'] as const) : []),
	];
}

interface Gray {
	readonly values: Float32Array;
	readonly width: number;
	readonly height: number;
}

/** Luminance at the sample's size: each of its pixels is the mean of those it stands for. */
function sampleOf({ data, width, height }: Pixels): Gray {
	const scale = Math.min(1, THRESHOLDS.sampleEdge / Math.max(width, height));
	const columns = Math.max(1, Math.round(width * scale));
	const rows = Math.max(1, Math.round(height * scale));
	const sums = new Float32Array(columns * rows);
	const counts = new Uint32Array(columns * rows);
	for (let y = 0, at = 0; y < height; y++) {
		const row = Math.floor((y * rows) / height) * columns;
		for (let x = 0; x < width; x++, at += 4) {
			const cell = row + Math.floor((x * columns) / width);
			const luminance = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
			sums[cell] = (sums[cell] ?? 0) + luminance;
			counts[cell] = (counts[cell] ?? 0) + 1;
		}
	}
	return { values: sums.map((sum, cell) => sum / (counts[cell] || 1)), width: columns, height: rows };
}

/** How many pixels have each luminance. */
function levelsOf({ values }: Gray): Uint32Array {
	const levels = new Uint32Array(256);
	for (const value of values) {
		const level = Math.min(255, Math.round(value));
		levels[level] = (levels[level] ?? 0) + 1;
	}
	return levels;
}

/** The luminance that a share of the pixels does not exceed. */
function levelAt(levels: Uint32Array, share: number): number {
	const wanted = levels.reduce((sum, count) => sum + count, 0) * share;
	let seen = 0;
	return levels.findIndex((count) => (seen += count) >= wanted);
}

interface Tile {
	readonly variance: number;
	readonly laplacianVariance: number;
	readonly blownShare: number;
}

function tilesOf(gray: Gray): Tile[] {
	const { tileEdge } = THRESHOLDS;
	const tiles: Tile[] = [];
	for (let top = 1; top + tileEdge < gray.height; top += tileEdge) {
		for (let left = 1; left + tileEdge < gray.width; left += tileEdge) tiles.push(tileAt(gray, left, top));
	}
	return tiles;
}

function tileAt({ values, width }: Gray, left: number, top: number): Tile {
	const { tileEdge, blown } = THRESHOLDS;
	const count = tileEdge * tileEdge;
	let [sum, squares, laplacians, laplacianSquares, blownCount] = [0, 0, 0, 0, 0];
	for (let y = top; y < top + tileEdge; y++) {
		for (let at = y * width + left; at < y * width + left + tileEdge; at++) {
			const value = values[at] ?? 0;
			const around =
				(values[at - 1] ?? 0) + (values[at + 1] ?? 0) + (values[at - width] ?? 0) + (values[at + width] ?? 0);
			const laplacian = around - 4 * value;
			sum += value;
			squares += value * value;
			laplacians += laplacian;
			laplacianSquares += laplacian * laplacian;
			if (value >= blown) blownCount += 1;
		}
	}
	return {
		variance: squares / count - (sum / count) ** 2,
		laplacianVariance: laplacianSquares / count - (laplacians / count) ** 2,
		blownShare: blownCount / count,
	};
}

/**
 * The variance of the Laplacian against that of the luminance, where anything is to be seen: neither light nor contrast nor how
 * much stands on the page changes it. A blurred letter has lost the quick changes and kept the slow ones.
 */
function sharpnessOf(tiles: readonly Tile[]): number {
	const ratios = tiles
		.filter(({ variance }) => variance >= THRESHOLDS.contentVariance)
		.map(({ variance, laplacianVariance }) => laplacianVariance / variance)
		.sort((a, b) => a - b);
	return ratios[Math.floor(ratios.length * 0.75)] ?? 0;
}

function hasGlare(levels: Uint32Array, tiles: readonly Tile[]): boolean {
	const { blown, rim, rimOfBlown, whitePaper, glareShare } = THRESHOLDS;
	if (levelAt(levels, 0.5) >= whitePaper) return false;
	const countOf = (from: number, to: number) => levels.slice(from, to).reduce((sum, count) => sum + count, 0);
	const isSoft = countOf(rim, blown) >= rimOfBlown * countOf(blown, 256);
	return isSoft && tiles.filter(({ blownShare }) => blownShare > 0.9).length >= glareShare * tiles.length;
}
