import { expect, test } from 'vitest';
import { pageShowing } from '#lib/domain/review/budget-page.ts';

const statement = { id: 's', kind: 'bank_statement', pageCount: 3 } as const;
const payslip = { id: 'p', kind: 'payslip', pageCount: 1 } as const;
const letter = { id: 'l', kind: 'hospital_certificate', pageCount: 1 } as const;
const pages = [letter, statement, payslip];

test('a line leads to the page that an agent marked, on its very sheet', () => {
	const pins = [{ line: 'wages', evidenceId: 's', page: 2 }] as const;
	expect(pageShowing('wages', { pages, pins })).toEqual({ evidenceId: 's', page: 2, isMarked: true });
});

test('a line that nobody marked leads to the first page of the likeliest kind', () => {
	expect(pageShowing('wages', { pages, pins: [] })).toEqual({ evidenceId: 'p', page: 0, isMarked: false });
	expect(pageShowing('wages', { pages: [letter, statement], pins: [] })).toMatchObject({ evidenceId: 's' });
	expect(pageShowing('health', { pages, pins: [] })).toMatchObject({ evidenceId: 'l' });
	expect(pageShowing('food', { pages, pins: [] })).toBeUndefined();
});

test('a mark on a page that was replaced leads nowhere any more', () => {
	const pins = [{ line: 'wages', evidenceId: 'gone', page: 0 }] as const;
	expect(pageShowing('wages', { pages, pins })).toMatchObject({ evidenceId: 'p', isMarked: false });
	const beyond = [{ line: 'wages', evidenceId: 's', page: 3 }] as const;
	expect(pageShowing('wages', { pages, pins: beyond })).toMatchObject({ isMarked: false });
});
