import { expect, test } from 'vitest';
import {
	isBrought,
	isOver,
	MOST_ITEMS,
	requestProblem,
	type RequestForm,
} from '#lib/domain/application/information-request.ts';
import { EVIDENCE_KINDS } from '#lib/domain/application/evidence.ts';
import { laterBy, PLAIN_WEEKS } from '#lib/domain/application/working-days.ts';

/** A Friday. */
const today = '2026-05-22';
const paper = { what: 'evidence', kind: 'payslip', reason: 'missing', words: '' } as const;
const question = { what: 'answer', kind: null, reason: 'to_understand', words: '何时复工？' } as const;
const problem = (change: Partial<RequestForm>) =>
	requestProblem(
		{ items: [paper, question], dueOn: '2026-05-25', words: '', ...change },
		{ today, calendar: PLAIN_WEEKS },
	);

test('a request names one to ten things, each paper once', () => {
	expect(problem({})).toBeUndefined();
	expect(problem({ items: [] })).toBe('nothing_asked');
	expect(problem({ items: [paper, { ...paper, reason: 'cut_off' }] })).toBe('asked_twice');
	const many = EVIDENCE_KINDS.slice(0, MOST_ITEMS + 1).map((kind) => ({ ...paper, kind }));
	expect(problem({ items: many })).toBe('too_much_asked');
	expect(problem({ items: many.slice(1) })).toBeUndefined();
});

test('a question has its words, and so has what no reason fits', () => {
	expect(problem({ items: [{ ...question, words: ' ' }] })).toBe('item_words_needed');
	expect(problem({ items: [{ ...paper, reason: 'other' }] })).toBe('item_words_needed');
	expect(problem({ items: [{ ...paper, words: '长'.repeat(501) }] })).toBe('item_words_long');
	expect(problem({ words: '长'.repeat(1001) })).toBe('request_words_long');
});

test('it is to be there on a working day from tomorrow on, within thirty days', () => {
	for (const dueOn of ['2026-05-22', '2026-05-23', '2026-06-22', '2026-05-21', 'soon', '']) {
		expect(problem({ dueOn }), dueOn).toBe('due_day_wrong');
	}
	for (const dueOn of ['2026-05-25', '2026-06-19']) expect(problem({ dueOn }), dueOn).toBeUndefined();
});

test('only a page that came after it was asked for answers, and only words are an answer', () => {
	const askedAt = new Date('2026-05-22T02:00:00Z');
	const came = (iso: string) => ({ askedAt, pages: [{ kind: 'payslip', receivedAt: new Date(iso) } as const] });
	expect(isBrought({ ...paper, answer: '' }, came('2026-05-22T01:00:00Z'))).toBe(false);
	expect(isBrought({ ...paper, answer: '' }, came('2026-05-22T03:00:00Z'))).toBe(true);
	expect(isBrought({ ...paper, kind: 'tax_record', answer: '' }, came('2026-05-22T03:00:00Z'))).toBe(false);
	expect(isBrought({ ...question, answer: ' ' }, came('2026-05-22T03:00:00Z'))).toBe(false);
	expect(isBrought({ ...question, answer: '六月' }, came('2026-05-22T01:00:00Z'))).toBe(true);
});

test('the day itself is still the cardholder’s', () => {
	expect(isOver('2026-05-25', '2026-05-25')).toBe(false);
	expect(isOver('2026-05-25', '2026-05-26')).toBe(true);
});

test('a promise moves on by the time waited, begun days counted whole, to a day that is worked', () => {
	expect(laterBy('2026-05-22', 0, PLAIN_WEEKS)).toBe('2026-05-22');
	expect(laterBy('2026-05-20', 86_400_001, PLAIN_WEEKS)).toBe('2026-05-22');
	expect(laterBy('2026-05-22', 1, PLAIN_WEEKS)).toBe('2026-05-25');
});
