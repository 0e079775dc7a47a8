import { expect, test } from 'vitest';
import { indexOfPlace, placePath, viewerPages } from './viewer-pages.ts';

const photo = { id: 'photo', state: 'ready', pageCount: 1 } as const;
const pdf = { id: 'pdf', state: 'ready', pageCount: 3 } as const;
const coming = { id: 'coming', state: 'received', pageCount: 1 } as const;

test('photos and the sheets of a PDF are one sequence, and what is still looked into keeps its place', () => {
	const pages = viewerPages([photo, pdf, coming]);
	expect(pages.map(({ evidenceId, page }) => `${evidenceId} ${String(page)}`)).toEqual([
		'photo 0',
		'pdf 0',
		'pdf 1',
		'pdf 2',
		'coming 0',
	]);
});

test('an address leads to its page, and one that is gone to the nearest that is there', () => {
	const pages = viewerPages([photo, pdf, coming]);
	expect(indexOfPlace(pages, { evidenceId: 'pdf', page: 2 })).toBe(3);
	expect(indexOfPlace(pages, { evidenceId: 'pdf', page: 9 })).toBe(1);
	expect(indexOfPlace(pages, { evidenceId: 'replaced', page: 0 })).toBe(0);
	expect(indexOfPlace(pages, null)).toBe(0);
	expect(placePath({ evidenceId: 'pdf', page: 2 })).toBe('?document=pdf&page=2#evidence');
});
