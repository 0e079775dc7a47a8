import { expect, test } from 'vitest';
import { readCardLastFour, readIdLastFour } from '#lib/domain/access/id-number.ts';

test('the last four of an ID number are read in any case and width', () => {
	expect(['123X', '123x', ' 1 2 3 X ', '１２３Ｘ', '１２３ｘ'].map(readIdLastFour)).toEqual(Array(5).fill('123X'));
	expect(readIdLastFour('0042')).toBe('0042');
});

test('what cannot be the last four is not', () => {
	for (const text of ['', '123', '12345', 'X123', '12XX', 'abcd', '123Y', '110101199001011234']) {
		expect(readIdLastFour(text), text).toBeUndefined();
	}
});

test('the last four of a card are digits only', () => {
	expect(['4821', ' 48 21', '４８２１'].map(readCardLastFour)).toEqual(Array(3).fill('4821'));
	expect(['482', '48211', '482X'].map(readCardLastFour)).toEqual(Array(3).fill(undefined));
});
