import { expect, test, vi } from 'vitest';
import { adviceOn, type Pixels, THRESHOLDS } from './quality.ts';

type Shade = (value: number, x: number, y: number) => number;

/** A page of paper with lines of letters: short strokes up and across, as thick as print is on a photo of so many pixels. */
function drawPage(width: number, { paper = 228, ink = 45 } = {}): Pixels {
	const height = Math.round(width * 1.4);
	const stroke = Math.max(1, Math.round(width / 500));
	const shade: Shade = (_, x, y) => {
		const isText = x > width * 0.1 && x < width * 0.9 && y > height * 0.1 && y < height * 0.9;
		const [column, row] = [Math.floor(x / stroke), Math.floor(y / stroke)];
		const inLine = row % 13 < 7;
		const isStroke = column % 5 === 0 || row % 13 === (column % 9 < 5 ? 0 : 6);
		return isText && inLine && isStroke && column % 31 > 3 ? ink : paper;
	};
	return shaded({ data: new Uint8ClampedArray(width * height * 4), width, height }, shade);
}

function shaded({ data, width, height }: Pixels, shade: Shade): Pixels {
	const changed = new Uint8ClampedArray(data.length);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const at = (y * width + x) * 4;
			changed.fill(shade(data[at] ?? 0, x, y), at, at + 3);
			changed[at + 3] = 255;
		}
	}
	return { data: changed, width, height };
}

/** As a lens out of focus: the mean of a square around each pixel, twice. What lies beyond an edge is paper too. */
function blurred(pixels: Pixels, radius: number): Pixels {
	const { width, height } = pixels;
	let values = Float32Array.from({ length: width * height }, (_, at) => pixels.data[at * 4] ?? 0);
	for (const step of [1, width, 1, width]) {
		const before = values;
		values = before.map((own, at) => {
			let sum = 0;
			for (let by = -radius; by <= radius; by++) sum += before[at + by * step] ?? own;
			return sum / (2 * radius + 1);
		});
	}
	return shaded(pixels, (_, x, y) => values[y * width + x] ?? 0);
}

/** A lamp mirrored in the page: white in the middle, fading outwards. */
function withLamp(pixels: Pixels, share: number): Pixels {
	const { width, height } = pixels;
	const radius = share * width;
	return shaded(pixels, (value, x, y) => {
		const distance = Math.hypot(x - width / 2, y - height / 2) / radius;
		return distance < 1 ? 255 : Math.max(value, value + (255 - value) * (2 - distance));
	});
}

const WIDTHS = [700, 1200];
// Drawing takes a while where many tests run at once.
vi.setConfig({ testTimeout: 30_000 });

test.each(WIDTHS)('a readable page gets no advice, at %i pixels across', (width) => {
	const page = drawPage(width);
	expect(adviceOn(page, page)).toEqual([]);
});

test.each(WIDTHS)('each defect gets its own advice and no other, at %i pixels across', (width) => {
	const page = drawPage(width);
	const adviceOnly = (changed: Pixels) => adviceOn(changed, page);
	expect(adviceOnly(shaded(page, (value) => value * 0.25))).toEqual(['too_dark']);
	expect(adviceOnly(blurred(page, Math.round(width / 200)))).toEqual(['too_blurred']);
	expect(adviceOnly(withLamp(page, 0.15))).toEqual(['glare']);
	expect(adviceOn(page, { width: THRESHOLDS.shortestEdge - 1, height: 2000 })).toEqual(['too_small']);
});

test('two defects get both', () => {
	const page = drawPage(700);
	expect(adviceOn(withLamp(blurred(page, 4), 0.15), { width: 500, height: 700 })).toEqual([
		'too_blurred',
		'too_small',
		'glare',
	]);
});

test('a slightly soft or weakly lit page, as phones make them, is readable', () => {
	const page = drawPage(1200, { paper: 150, ink: 60 });
	expect(adviceOn(blurred(page, 1), page)).toEqual([]);
});

test('a scan on pure white is not taken for glare, nor a bank’s dark screen for a dark photo', () => {
	const scan = drawPage(1500, { paper: 255, ink: 0 });
	expect(adviceOn(scan, scan)).toEqual([]);
	const screen = drawPage(1080, { paper: 18, ink: 235 });
	expect(adviceOn(screen, screen)).toEqual([]);
	const cards = shaded(drawPage(1080, { paper: 70, ink: 235 }), (value, _, y) => (y % 700 < 250 ? 255 : value));
	expect(adviceOn(cards, cards)).toEqual([]);
});

test('an empty page and a picture of one pixel are judged without a fault', () => {
	const dot = { data: new Uint8ClampedArray([250, 250, 250, 255]), width: 1, height: 1 };
	expect(adviceOn(dot, dot)).toContain('too_small');
	const empty = shaded(drawPage(1080), () => 230);
	expect(adviceOn(empty, empty)).toEqual(['too_blurred']);
});
