import { expect, test } from 'vitest';
import { refusesPage, verdictProblem } from '#lib/domain/review/page-check.ts';

test('who asks for a page again says why, and in words where no reason fits', () => {
	const again = { verdict: 'again', words: '' } as const;
	expect(verdictProblem({ ...again, reason: null })).toBe('reason_needed');
	expect(verdictProblem({ ...again, reason: 'other' })).toBe('words_needed');
	expect(verdictProblem({ ...again, reason: 'other', words: ' \n' })).toBe('words_needed');
	expect(verdictProblem({ ...again, reason: 'other', words: 'Page 2, please.' })).toBeUndefined();
	expect(verdictProblem({ ...again, reason: 'cut_off' })).toBeUndefined();
	expect(verdictProblem({ ...again, reason: 'cut_off', words: 'x'.repeat(501) })).toBe('words_too_long');
	expect(verdictProblem({ verdict: 'accepted', reason: null, words: '' })).toBeUndefined();
});

test('what cannot be looked at is not judged: a page that is gone, not ready, refused, or a sheet that it does not have', () => {
	expect(refusesPage(undefined)).toBe('page_gone');
	expect(refusesPage({ state: 'received', pageCount: 1 })).toBe('page_not_ready');
	expect(refusesPage({ state: 'refused', pageCount: 1 })).toBe('page_not_ready');
	expect(refusesPage({ state: 'ready', pageCount: 2 }, 1)).toBeUndefined();
	expect(refusesPage({ state: 'ready', pageCount: 2 }, 2)).toBe('page_gone');
});
