import { expect, test } from 'vitest';
import { plainText } from '#lib/domain/plain-text.ts';

test('what a database refuses is left out, and every line end is one', () => {
	expect(plainText(' a\u0000b\r\nc\rd\u0007 ')).toBe('ab\nc\nd');
	expect(plainText('half \ud83d')).toBe('half \ufffd');
	expect(plainText('全角 😀\tkept')).toBe('全角 😀\tkept');
});
