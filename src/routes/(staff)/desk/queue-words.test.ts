import { expect, test } from 'vitest';
import { badgesOf } from './queue-words.ts';

const usual = { urgency: 'usual', isObjection: false, forSecond: false, pausedUntil: null } as const;
const textsOf = (changes: Partial<Parameters<typeof badgesOf>[0]>) =>
	badgesOf({ ...usual, ...changes }).map(({ text }) => text);

test('what is unusual about a case is said in words, the most pressing first', () => {
	expect(textsOf({})).toEqual([]);
	expect(textsOf({ urgency: 'late', isObjection: true, forSecond: true })).toEqual(['超期', '异议', '待第二人审批']);
});

test('what is put aside is not called late', () => {
	expect(textsOf({ urgency: 'late', pausedUntil: '2026-12-05' })).toEqual(['搁置']);
});
