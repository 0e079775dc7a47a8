import { expect, test } from 'vitest';
import { refusesPage } from '#lib/domain/application/attach-rule.ts';
import { STATUSES } from '#lib/domain/application/status.ts';

const fine = { isRefused: false, isAskedAgain: false };
const again = { isRefused: false, isAskedAgain: true };
const refused = { isRefused: true, isAskedAgain: false };

test('a draft takes new pages and pages in the place of others, but not of one that is gone', () => {
	expect(refusesPage('draft', null)).toBeUndefined();
	expect(refusesPage('draft', fine)).toBeUndefined();
	expect(refusesPage('draft', 'gone')).toBe('page_gone');
});

test('what was sent takes a page only for one that could not be read or was asked for again', () => {
	for (const status of ['submitted', 'in_review', 'more_requested'] as const) {
		expect(refusesPage(status, null)).toBe('already_submitted');
		expect(refusesPage(status, fine)).toBe('already_submitted');
		expect(refusesPage(status, again)).toBeUndefined();
		expect(refusesPage(status, refused)).toBeUndefined();
	}
});

test('of a kind that is asked for a page joins, or takes any other’s place, while the request is open', () => {
	expect(refusesPage('more_requested', null, true)).toBeUndefined();
	expect(refusesPage('more_requested', fine, true)).toBeUndefined();
	expect(refusesPage('more_requested', 'gone', true)).toBe('page_gone');
	expect(refusesPage('more_requested', null, false)).toBe('already_submitted');
	expect(refusesPage('in_review', null, true)).toBe('already_submitted');
});

test('once it is answered or withdrawn nothing is added', () => {
	const closed = STATUSES.filter((status) => !['draft', 'submitted', 'in_review', 'more_requested'].includes(status));
	for (const status of closed) expect(refusesPage(status, again)).toBe('already_submitted');
});
