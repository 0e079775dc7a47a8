import { expect, test } from 'vitest';
import { nextZoom, scaleOf } from './viewer-zoom.ts';

const frame = { width: 500, height: 600 };
const upright = { frame, picture: { width: 1_000, height: 2_000 }, turns: 0 };
const lying = { ...upright, turns: 3 };

test('a whole page fits both ways, and a page on its side fits by its other edge', () => {
	expect(scaleOf('page', upright)).toBe(0.3);
	expect(scaleOf('width', upright)).toBe(0.5);
	expect(scaleOf('page', lying)).toBe(0.25);
	expect(scaleOf('width', lying)).toBe(0.25);
	expect(scaleOf(2, lying)).toBe(2);
});

test('closer and further go from each size to the next, and stop at the ends', () => {
	const closer = ['page', 'width', 1, 2] as const;
	for (const [at, zoom] of closer.entries()) {
		expect(nextZoom(zoom, 1, upright)).toBe(closer[at + 1] ?? 2);
		expect(nextZoom(zoom, -1, upright)).toBe(closer[at - 1] ?? 'page');
	}
	// Where two ways come to the same size, one press changes something.
	expect(nextZoom('page', 1, lying)).toBe(1);
	// A small picture is larger in its frame than by its own pixels.
	const small = { frame, picture: { width: 100, height: 100 }, turns: 0 };
	expect(nextZoom('page', -1, small)).toBe(2);
});
