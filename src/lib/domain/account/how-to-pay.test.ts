import { expect, it } from 'vitest';
import { readHowToPay } from '#lib/domain/account/how-to-pay.ts';

const text = { 'zh-CN': '在手机银行还款。', en: 'Pay in the app.' };

it('reads the words by locale, and an address where there is one', () => {
	expect(readHowToPay({ text })).toEqual({ text, address: undefined });
	expect(readHowToPay({ text, address: 'https://pay.example.com/card' })?.address?.kind).toBe('page');
	expect(readHowToPay({ text, address: ' 1 Harbour Road ' })?.address).toEqual({
		kind: 'place',
		text: '1 Harbour Road',
	});
});

it.each(['javascript:alert(1)', 'http://pay.example.com', 'data:text/html,x', '//pay.example.com', 'https://'])(
	'%s is never a link',
	(address) => {
		expect(readHowToPay({ text, address })?.address?.kind).toBe('place');
	},
);

it.each([undefined, null, {}, [], { text: {} }, { text: { en: ' ' } }, { text: { en: 1 } }, { text, address: 1 }])(
	'%j makes no sense',
	(setting) => {
		expect(readHowToPay(setting)).toBeUndefined();
	},
);
