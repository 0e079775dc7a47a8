import { expect, test } from 'vitest';
import {
	isAwaited,
	type ItemPage,
	itemState,
	pageDeeds,
	reordered,
	turnedRight,
} from '#lib/domain/application/evidence-item.ts';
import { STATUSES } from '#lib/domain/application/status.ts';

const arrived: ItemPage = { state: 'received', check: null };
const ready: ItemPage = { state: 'ready', check: null };
const refused: ItemPage = { state: 'refused', check: null };
const accepted: ItemPage = { state: 'ready', check: { verdict: 'accepted' } };
const again: ItemPage = { state: 'ready', check: { verdict: 'again' } };

test('an item without pages is missing, whatever became of the application', () => {
	for (const status of STATUSES) expect(itemState(status, [])).toBe('missing');
});

test('what has come is received in a draft, and being checked once it is sent', () => {
	expect(itemState('draft', [arrived, ready])).toBe('received');
	expect(itemState('submitted', [ready])).toBe('being_checked');
	expect(itemState('in_review', [ready, accepted])).toBe('being_checked');
});

test('an item is accepted only with its last page', () => {
	expect(itemState('in_review', [accepted, accepted])).toBe('accepted');
	expect(itemState('in_review', [accepted, ready])).not.toBe('accepted');
});

test('one page that could not be taken, or is asked for again, asks for the item again', () => {
	expect(itemState('draft', [ready, refused])).toBe('again');
	expect(itemState('in_review', [accepted, again])).toBe('again');
});

test('in a draft everything can be done with a page, and only a picture is turned', () => {
	expect(pageDeeds('draft', ready)).toEqual(['turn', 'move', 'replace', 'remove']);
	for (const page of [arrived, refused]) expect(pageDeeds('draft', page)).toEqual(['move', 'replace', 'remove']);
});

test('what was sent is replaced only where it was asked for, and nothing once there is an answer', () => {
	for (const status of ['submitted', 'in_review'] as const) {
		expect(pageDeeds(status, again)).toEqual(['replace']);
		expect(pageDeeds(status, refused)).toEqual(['replace']);
		for (const page of [arrived, ready, accepted]) expect(pageDeeds(status, page)).toEqual([]);
	}
	for (const status of ['counter_offered', 'approved', 'declined', 'withdrawn'] as const) {
		for (const page of [again, refused, ready]) expect(pageDeeds(status, page)).toEqual([]);
	}
});

test('a page is awaited where what was sent asks for it again', () => {
	expect(isAwaited('in_review', again)).toBe(true);
	expect(isAwaited('in_review', accepted)).toBe(false);
	expect(isAwaited('draft', refused)).toBe(false);
});

test('four quarter turns bring a page back', () => {
	expect([0, 1, 2, 3].map(turnedRight)).toEqual([1, 2, 3, 0]);
});

const pages = [
	{ id: 'a', kind: 'payslip' },
	{ id: 'b', kind: 'tax_record' },
	{ id: 'c', kind: 'payslip' },
	{ id: 'd', kind: 'payslip' },
];
const order = (id: string, way: 'earlier' | 'later') =>
	reordered(pages, id, way)
		.map((page) => page.id)
		.join('');

test('a page changes places with the next of its own kind, and the others stay where they are', () => {
	expect(order('a', 'later')).toBe('cbad');
	expect(order('d', 'earlier')).toBe('abdc');
});

test('the first of its kind goes no earlier, the last no later, and what is not there moves nothing', () => {
	expect([order('a', 'earlier'), order('d', 'later'), order('b', 'later'), order('x', 'later')]).toEqual([
		'abcd',
		'abcd',
		'abcd',
		'abcd',
	]);
});
