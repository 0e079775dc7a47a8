import { expect, test } from 'vitest';
import { LANGUAGES, wordsIn } from '#lib/domain/words.ts';
import settings from '#lib/messages/project.inlang/settings.json' with { type: 'json' };

test('the languages are those that the interface is written in, the base first', () => {
	expect([...LANGUAGES].sort()).toEqual([...settings.locales].sort());
	expect(LANGUAGES[0]).toBe(settings.baseLocale);
});

test('a text that is missing in a language stands in the base one', () => {
	expect(wordsIn({ 'zh-CN': '身份', en: 'Identity' }, 'en')).toBe('Identity');
	expect(wordsIn({ 'zh-CN': '身份' }, 'en')).toBe('身份');
	expect(wordsIn({ en: 'Identity' }, 'fr')).toBe('');
});
