import { expect, test } from 'vitest';
import { missingOf } from './rule-missing.ts';
import { differencesOf, filledIn, groupsOf, ruleOf, type RuleGroup, type Typed } from './rule-form.ts';

const LANGUAGES = ['zh-CN', 'en', 'zh-TW'];
const CHECKS = {
	items: [
		{ code: 'identity', words: { 'zh-CN': '身份', en: 'Identity' }, needed: true },
		{ code: 'need', words: { 'zh-CN': '困难', en: 'Need' }, reasons: ['disaster'], needed: false },
	],
};
const words = (en: string) => ({ 'zh-CN': '字', en });
const LETTERS = {
	reasons: [
		{
			code: 'missing',
			name: words('Missing'),
			reason: words('Papers are missing.'),
			letter: words('Call {phone}.\nBye.'),
		},
		{ code: 'old', name: words('Old'), reason: words('Old.'), isRetired: true },
	],
	object: words('Until {objectUntil}.'),
	final: words('Complain.'),
	phoneElse: words('your bank'),
};

/** What a browser sends of a form. */
function sent(groups: readonly RuleGroup[]): Record<string, string> {
	const texts = groups.flatMap((group) => group.texts.map(({ name, value }) => [name, value.replaceAll('\n', '\r\n')]));
	const ticks = groups.flatMap((group) => group.ticks.flatMap(({ name, isOn }) => (isOn ? [[name, 'on']] : [])));
	return Object.fromEntries([...texts, ...ticks]) as Record<string, string>;
}

test.each([
	['checks', CHECKS],
	['decline_letters', LETTERS],
] as const)('a form of %s that nobody touched means the rule that it was made from', (key, value) => {
	const groups = groupsOf(key, value, LANGUAGES);
	// The empty new check starts as a needed one, and is still none.
	expect(ruleOf(key, filledIn(groups, sent(groups)), 'new').value).toEqual(value);
});

const checksWith = (typed: Typed) => {
	const groups = groupsOf('checks', CHECKS, LANGUAGES);
	const filled = filledIn(groups, { ...sent(groups), ...typed });
	return { ...ruleOf('checks', filled, 'c1'), before: groups };
};

test('a check is taken off, one is added with a code of its own, and each knows its line', () => {
	const { value, places, before } = checksWith({ 'items.0.gone': 'on', 'items.2.words.zh-TW': ' 已致電 ' });
	expect(value).toEqual({ items: [CHECKS.items[1], { code: 'c1', words: { 'zh-TW': '已致電' }, needed: true }] });
	expect(places).toEqual([1, 2]);
	const lines = differencesOf(before, groupsOf('checks', value, LANGUAGES));
	expect(lines.map(({ code, before: was, after }) => [code, was, after])).toEqual([
		['identity', '身份', ''],
		['identity', 'Identity', ''],
		['identity', true, false],
		['c1', '', '已致電'],
		['c1', false, true],
	]);
});

test('each text that is missing in a language is told with what its readers are shown; a letter that nobody wrote is not missing', () => {
	const [missing, old] = groupsOf('decline_letters', LETTERS, LANGUAGES).map(({ texts }) => missingOf(texts));
	expect(missing?.map(({ name, instead }) => [name, instead])).toEqual([
		['reasons.0.name.zh-TW', 'zh-CN'],
		['reasons.0.reason.zh-TW', 'zh-CN'],
		['reasons.0.letter.zh-TW', 'zh-CN'],
	]);
	expect(old?.map(({ name }) => name)).toEqual(['reasons.1.name.zh-TW', 'reasons.1.reason.zh-TW']);
});
