import { expect, test } from 'vitest';
import { bindCode } from '#lib/domain/contact/bound-code.ts';

const code = '482193';

test('the last line binds the code to the host of the page, without its port', () => {
	expect(bindCode('Your code is 482193.', { code, origin: 'https://repay.harbour.cn:8443' })).toBe(
		'Your code is 482193.\n@repay.harbour.cn #482193',
	);
});

test('a text that would grow into two messages stays one without it', () => {
	const text = '码'.repeat(50);
	expect(bindCode(text, { code, origin: 'https://repay.harbour.cn' })).toBe(text);
	expect(bindCode(text, { code, origin: 'https://pay.cn' })).not.toBe(text);
});

test('a page that is not on https is bound to nothing', () => {
	expect(bindCode('Your code is 482193.', { code, origin: 'http://127.0.0.1:3000' })).toBe('Your code is 482193.');
});
