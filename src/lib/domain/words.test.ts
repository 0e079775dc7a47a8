import { expect, test } from 'vitest';
import { wordsIn } from '#lib/domain/words.ts';

test('a text that is missing in a language stands in the base one, and in any where that is missing too', () => {
	expect(wordsIn({ en: 'Identity', 'zh-CN': '身份' }, 'en')).toBe('Identity');
	expect(wordsIn({ 'zh-CN': '身份' }, 'en')).toBe('身份');
	expect(wordsIn({ en: 'Identity', 'zh-CN': '身份' }, 'fr')).toBe('身份');
	expect(wordsIn({ en: 'Identity' }, 'fr')).toBe('Identity');
	expect(wordsIn({}, 'en')).toBe('');
});
