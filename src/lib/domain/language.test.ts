import { expect, test } from 'vitest';
import {
	foreignIn,
	languageOf,
	nearestLanguage,
	preferredLanguage,
	textIn,
	toldInstead,
} from '#lib/domain/language.ts';

const ALL = ['zh-CN', 'en', 'zh-TW'];

test.each([
	['zh-CN', 'zh-CN'],
	['zh-TW', 'zh-TW'],
	['zh-HK', 'zh-TW'],
	['zh-Hant', 'zh-TW'],
	['zh', 'zh-CN'],
	['zh-SG', 'zh-CN'],
	['en-US', 'en'],
	['th', undefined],
	['no tag at all', undefined],
])('who reads %s reads %s', (locale, nearest) => {
	expect(nearestLanguage(ALL, locale)).toBe(nearest);
});

test('without their script, one reads the same tongue in another', () => {
	expect(nearestLanguage(['en', 'zh-CN'], 'zh-TW')).toBe('zh-CN');
});

test.each([
	['zh-HK,zh;q=0.9,en;q=0.8', 'zh-TW'],
	['de-DE, en;q=0.5, zh-CN;q=0.7', 'zh-CN'],
	['th,fr;q=0.8', undefined],
	['en;q=0, zh', 'zh-CN'],
	['', undefined],
	[';q=;,*', undefined],
])('a browser that likes %j is answered in %s', (accepted, language) => {
	expect(preferredLanguage(ALL, accepted)).toBe(language);
});

test('a text is said in the nearest language that it was written in, else in the base', () => {
	const names = { en: 'Relief', 'zh-CN': '纾困' };
	expect(textIn(names, 'zh-TW')).toBe('纾困');
	expect(textIn(names, 'en-GB')).toBe('Relief');
	expect(textIn(names, 'th')).toBe('纾困');
	expect(textIn({}, 'en')).toBeUndefined();
});

test('what is not written in one’s language is told in the nearest, then the base, then English, then any, and named so', () => {
	const texts = { th: 'ไทย', en: 'Relief', 'zh-CN': '纾困', 'zh-TW': '紓困' };
	const without = (...tags: string[]) =>
		Object.fromEntries(Object.entries(texts).filter(([tag]) => !tags.includes(tag)));
	expect(languageOf(texts, 'zh-TW')).toBe('zh-TW');
	expect(languageOf(without('zh-TW'), 'zh-TW')).toBe('zh-CN');
	expect(languageOf(without('zh-TW', 'zh-CN'), 'zh-TW')).toBe('en');
	expect(languageOf(without('zh-TW', 'zh-CN', 'en'), 'zh-TW')).toBe('th');
	expect(foreignIn(texts, 'zh-TW')).toBeUndefined();
	expect(foreignIn(without('zh-TW'), 'zh-TW')).toBe('zh-CN');
});

test('of a text that is missing in some languages it is told what their readers are shown, whichever languages there are', () => {
	expect(toldInstead({ 'zh-CN': '纾困', en: 'Relief' }, [...ALL, 'th'])).toEqual({ 'zh-TW': 'zh-CN', th: 'zh-CN' });
	expect(toldInstead({ en: 'Relief' }, ALL)).toEqual({ 'zh-CN': 'en', 'zh-TW': 'en' });
	expect(toldInstead({}, ALL)).toEqual({});
});
