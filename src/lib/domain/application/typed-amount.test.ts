import { expect, test } from 'vitest';
import { readTypedAmount } from '#lib/domain/application/typed-amount.ts';
import { currencyOf } from '#lib/domain/money.ts';

const read = (text: string, code = 'CNY') => {
	const typed = readTypedAmount(text, currencyOf(code));
	return typed.ok ? typed.amount : typed.refusal;
};

test('an amount is read however it is typed', () => {
	for (const text of [
		'1200',
		'1200.',
		'1200.0',
		'1200.00',
		'1,200',
		' ¥1,200.00 ',
		'１２００',
		'￥１，２００。００',
		'1200元',
		'01200',
	]) {
		expect(read(text), text).toBe(120_000);
	}
	expect([read('0'), read('0.05'), read('12.5')]).toEqual([0, 5, 1_250]);
});

test('another currency has its own decimals', () => {
	expect([read('1200', 'JPY'), read('1200.0', 'JPY'), read('1.234', 'KWD'), read('1.234', 'CNY')]).toEqual([
		1_200,
		'not_an_amount',
		1_234,
		'not_an_amount',
	]);
	expect([read('KWD 84.5', 'KWD'), read('1,200円', 'JPY'), read('KWD 84.5', 'CNY')]).toEqual([
		84_500,
		1_200,
		'not_an_amount',
	]);
});

test('what can be read in two ways is not guessed', () => {
	for (const text of ['', '-5', '1,20', '12,34,567', '1.200,00', '1e3', '5 6', 'abc', '.5', '0x10', '１２.３４５']) {
		expect(read(text), text).toBe('not_an_amount');
	}
});

test('what nobody earns is too large, however long it is', () => {
	expect([read('999999999.99'), read('1000000000'), read('9'.repeat(400))]).toEqual([
		99_999_999_999,
		'too_large',
		'too_large',
	]);
});
