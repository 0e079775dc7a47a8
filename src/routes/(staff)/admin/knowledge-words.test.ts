import { expect, test } from 'vitest';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { listText } from './knowledge-words.ts';

test('what stands in a row is told apart in every language', () => {
	overwriteGetLocale(() => 'zh-CN');
	expect(listText(['简体中文', '英语'])).toBe('简体中文、英语');
	overwriteGetLocale(() => 'en');
	expect(listText(['Chinese', 'English'])).toBe('Chinese, English');
});
