import { expect, test } from 'vitest';
import { readCardLast4, readPhone } from '#lib/domain/access/phone.ts';

test('a mainland number is understood however it is typed', () => {
	for (const text of [
		'13800000000',
		'138 0000 0000',
		'138-0000-0000',
		'+86 138 0000 0000',
		'008613800000000',
		'86 13800000000',
		'１３８００００００００',
	]) {
		expect(readPhone(text)).toBe('+8613800000000');
	}
});

test('a number abroad needs its country code', () => {
	expect(readPhone('+44 7700 900123')).toBe('+447700900123');
	expect(readPhone('0044 7700 900123')).toBe('+447700900123');
});

test('what is no number is refused', () => {
	for (const text of ['', 'abc', '12345', '+0123456789', '1380000000a', '+1234567890123456'])
		expect(readPhone(text)).toBeUndefined();
});

test('the last four of a card are four digits', () => {
	expect(readCardLast4(' ４８２１ ')).toBe('4821');
	for (const text of ['', '482', '48211', '482x']) expect(readCardLast4(text)).toBeUndefined();
});
