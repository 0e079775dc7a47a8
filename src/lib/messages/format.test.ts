import { expect, it } from 'vitest';
import { amountParts, amountText, currencySign, dayNear, dayShort, dayText } from '#lib/messages/format.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u2060', '');

it.each([
	['CNY', 1_248_217, '¥12,482.17'],
	['CNY', -40, '−¥0.40'],
	['JPY', 1_248_217, '¥1,248,217'],
	['JPY', 0, '¥0'],
	['KWD', 1_248_217, 'KWD 1,248.217'],
	['KWD', -5, '−KWD 0.005'],
])('writes %s with its own digits: %i is %s', (currency, amount, text) => {
	expect(plain(amountText(amount, currency, 'en'))).toBe(text);
	expect(plain(amountText(amount, currency, 'zh-CN'))).toBe(text);
});

it('takes an amount apart without losing anything of it', () => {
	for (const currency of ['CNY', 'JPY', 'KWD']) {
		const { sign, whole, minor } = amountParts(1_248_217, currency, true, 'en');
		expect(sign + whole + minor).toBe(`+${amountText(1_248_217, currency, 'en')}`);
	}
	expect(amountParts(1_248_217, 'JPY', false, 'en').minor).toBe('');
});

it('writes the largest amounts exactly, for no float stands between', () => {
	expect(amountText(9_007_199_254_740_991, 'CNY', 'en')).toBe('¥90,071,992,547,409.91');
	expect(currencySign('KWD', 'en')).toBe('KWD');
});

it.each([
	['en', 'Fri 27 November 2026', '27 Nov 2026', '27 Nov'],
	['zh-CN', '2026年11月27日周五', '2026/11/27', '11月27日'],
])('writes a day in %s as it is said, in a table and near', (locale, said, short, near) => {
	const written = [dayText, dayShort, dayNear].map((write) => plain(write('2026-11-27', locale)));
	expect(written).toEqual([said, short, near]);
});

it.each(['zh-CN', 'zh-TW'])('ends no line between the month and the weekday of a day in %s', (locale) => {
	expect(dayText('2026-11-07', locale)).toMatch(/^2026年11月\u20607\u2060日\u2060[周週]\u2060六$/);
});
