import { expect, test } from 'vitest';
import { smsLength } from '#lib/domain/contact/sms-length.ts';

test('one SMS holds 160 Latin characters or 70 Chinese ones', () => {
	expect(smsLength('a'.repeat(160))).toEqual({ alphabet: 'gsm', units: 160, messages: 1 });
	expect(smsLength('a'.repeat(161))).toEqual({ alphabet: 'gsm', units: 161, messages: 2 });
	expect(smsLength('您'.repeat(70))).toEqual({ alphabet: 'ucs2', units: 70, messages: 1 });
	expect(smsLength('您'.repeat(71))).toEqual({ alphabet: 'ucs2', units: 71, messages: 2 });
});

test('one character out of the alphabet makes the whole text UCS-2', () => {
	expect(smsLength(`${'a'.repeat(70)}您`)).toEqual({ alphabet: 'ucs2', units: 71, messages: 2 });
	expect(smsLength('“quoted”').alphabet).toBe('ucs2');
});

test('what the alphabet writes with two characters counts as two', () => {
	expect(smsLength('[€]').units).toBe(6);
	expect(smsLength('😀').units).toBe(2);
});
