import { expect, test } from 'vitest';
import { nearestLanguage, textIn } from '#lib/domain/language.ts';

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

test('a text is said in the nearest language that it was written in, else in the first', () => {
	const names = { en: 'Relief', 'zh-CN': '纾困' };
	expect(textIn(names, 'zh-TW')).toBe('纾困');
	expect(textIn(names, 'en-GB')).toBe('Relief');
	expect(textIn(names, 'th')).toBe('Relief');
	expect(textIn({}, 'en')).toBeUndefined();
});
