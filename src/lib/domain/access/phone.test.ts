import { expect, test } from 'vitest';
import { maskPhone, readPhone } from '#lib/domain/access/phone.ts';

test('a mobile number is read however it is typed', () => {
	for (const text of [
		'13800138000',
		'138 0013 8000',
		'138-0013-8000',
		'１３８００１３８０００',
		'+86 138 0013 8000',
		'＋８６１３８００１３８０００',
		'0086 13800138000',
		'86 13800138000',
		'(+86) 138.0013.8000',
		'013800138000',
	]) {
		expect(readPhone(text), text).toBe('+8613800138000');
	}
});

test('a number with a country of its own keeps it', () => {
	expect(readPhone('+852 9123 4567')).toBe('+85291234567');
	expect(readPhone('9123 4567', '852')).toBe('+85291234567');
	expect(readPhone('0041 79 123 45 67')).toBe('+41791234567');
});

test('a national number that begins like the country is not cut', () => {
	expect(readPhone('8612345')).toBe('+868612345');
	expect(readPhone('4412345678', '44')).toBe('+444412345678');
});

test('what cannot be a number is not', () => {
	for (const text of ['', '+', 'call me', '138001380x0', '12', '+0123456789', '1'.repeat(20), '+86+13800138000']) {
		expect(readPhone(text), text).toBeUndefined();
	}
});

test('of a number only the last four are shown, whatever its length', () => {
	expect(maskPhone('+8613800134821')).toBe('··· ··· 4821');
	expect(maskPhone('+85291234821')).toBe('··· ··· 4821');
});
