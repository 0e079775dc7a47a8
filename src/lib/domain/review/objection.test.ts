import { expect, test } from 'vitest';
import { STATUSES } from '#lib/domain/application/status.ts';
import {
	LONGEST_OBJECTION,
	type Objectable,
	objectionOutcome,
	objectionProblem,
	refusesObjection,
} from '#lib/domain/review/objection.ts';

const declined: Objectable = { status: 'declined', decidedOn: '2026-10-01', hasObjected: false, isFollowed: false };
const refusal = (changes: Partial<Objectable> = {}, today = '2026-10-05') =>
	refusesObjection({ ...declined, ...changes }, { today, rules: { withinDays: 30 } });

test('a decline can be objected to until the last day, and not the day after', () => {
	expect([refusal(), refusal({}, '2026-10-31'), refusal({}, '2026-11-01')]).toEqual([undefined, undefined, 'too_late']);
});

test('only a decline can be objected to, once, and not with another application in its place', () => {
	for (const status of STATUSES.filter((each) => each !== 'declined')) expect(refusal({ status })).toBe('not_declined');
	expect(refusal({ hasObjected: true })).toBe('already_objected');
	expect(refusal({ hasObjected: true, status: 'in_review' })).toBe('already_objected');
	expect(refusal({ isFollowed: true })).toBe('followed');
});

test('an objection says something, and no more than can be kept', () => {
	expect(objectionProblem('')).toBe('words_missing');
	expect(objectionProblem('不'.repeat(LONGEST_OBJECTION))).toBeUndefined();
	expect(objectionProblem('x'.repeat(LONGEST_OBJECTION + 1))).toBe('words_long');
});

test('declined again is upheld, everything else a change', () => {
	expect(['declined', 'approved', 'counter_offered'].map((of) => objectionOutcome(of as 'declined'))).toEqual([
		'upheld',
		'changed',
		'changed',
	]);
});
