import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simplifiedIn } from '../support/simplified.ts';

const fileOf = (tag: string) =>
	JSON.parse(readFileSync(join(import.meta.dirname, `../../src/lib/messages/${tag}.json`), 'utf8')) as Readonly<
		Record<string, unknown>
	>;

test('no word for readers of Traditional Chinese holds a character of the Simplified alone', () => {
	const found = Object.entries(fileOf('zh-TW')).map(([key, value]) => [key, simplifiedIn(JSON.stringify(value))]);
	expect(found.filter(([, characters]) => characters?.length !== 0)).toEqual([]);
});

test('the characters of the Simplified are known by more than the few that are written in both', () => {
	expect(simplifiedIn('请与客服联络，并核对账户')).toEqual([...'请与联络对账户']);
	expect(simplifiedIn('請與客服聯絡，並核對帳戶')).toEqual([]);
	expect(simplifiedIn('三个月后')).toEqual(['个', '后']);
});
