import { expect, test } from 'vitest';
import { draftFields, LONGEST_DRAFT_FIELD, typedAtOf } from './form-draft.ts';

test('only the words of the form are kept: no tick of consent, no code, nothing of another form', () => {
	const sent = [
		['objection', '我不同意。\n请再看看。'],
		['consent', 'on'],
		['code', '123456'],
		['words', 'of another form'],
		['__proto__', 'x'],
	] as const;
	expect(draftFields('objection', sent)).toEqual({ objection: '我不同意。\n请再看看。' });
	expect(draftFields('answer', [...sent, ['answer_1', 'yes'], ['answer_99', 'no']])).toEqual({ answer_1: 'yes' });
	expect(
		draftFields('plans', [
			['n.three-months', '3'],
			['monthly', '800'],
			['n.<b>', '1'],
		]),
	).toEqual({
		'n.three-months': '3',
		monthly: '800',
	});
});

test('what is longer than any field may be is refused whole, never cut', () => {
	expect(draftFields('decline', [['words', 'x'.repeat(LONGEST_DRAFT_FIELD)]])).toBeDefined();
	expect(draftFields('decline', [['words', 'x'.repeat(LONGEST_DRAFT_FIELD + 1)]])).toBeUndefined();
});

test('a clock that runs ahead does not put its words before those typed later', () => {
	const now = new Date('2026-11-28T08:00:00Z');
	expect(typedAtOf(new Date('2027-01-01T00:00:00Z'), now)).toEqual(now);
	expect(typedAtOf(new Date('2026-11-28T07:59:59Z'), now)).toEqual(new Date('2026-11-28T07:59:59Z'));
});
