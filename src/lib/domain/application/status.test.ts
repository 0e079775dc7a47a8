import { expect, test } from 'vitest';
import { canMove, isOpen, NEXT, STATUSES } from '#lib/domain/application/status.ts';

test('the trip goes from draft over submitted and review to a decision', () => {
	expect(canMove('draft', 'submitted')).toBe(true);
	expect(canMove('submitted', 'in_review')).toBe(true);
	expect(canMove('in_review', 'approved')).toBe(true);
	expect(canMove('in_review', 'declined')).toBe(true);
});

test('nothing is decided that was not taken into review', () => {
	for (const from of ['draft', 'submitted'] as const) {
		expect(canMove(from, 'approved')).toBe(false);
		expect(canMove(from, 'declined')).toBe(false);
	}
});

test('an application can be withdrawn until it is decided, and never after', () => {
	expect(STATUSES.filter((status) => canMove(status, 'withdrawn'))).toEqual([
		'draft',
		'submitted',
		'in_review',
		'more_requested',
		'counter_offered',
	]);
});

test('a review given back returns to the queue', () => {
	expect(canMove('in_review', 'submitted')).toBe(true);
});

test('what was decided or withdrawn is over, and only a decline can be looked at again', () => {
	expect(STATUSES.filter((status) => !isOpen(status))).toEqual(['approved', 'declined', 'withdrawn']);
	expect([NEXT.approved, NEXT.declined, NEXT.withdrawn]).toEqual([[], ['submitted'], []]);
});

test('no status moves to itself or back to a draft', () => {
	for (const status of STATUSES) {
		expect(NEXT[status]).not.toContain(status);
		expect(NEXT[status]).not.toContain('draft');
	}
});
