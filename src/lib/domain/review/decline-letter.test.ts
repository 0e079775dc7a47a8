import { expect, test } from 'vitest';
import { type DeclineTemplate, letterFor, letterText, placeholdersOf } from '#lib/domain/review/decline-letter.ts';

const ABLE: DeclineTemplate = {
	code: 'able_to_pay',
	name: { 'zh-CN': '有能力', en: 'Able' },
	reason: { 'zh-CN': '您有能力还款。', en: 'You can pay.' },
	letter: { 'zh-CN': '按您的收支可以还款，请致电{phone}。', en: 'By your budget you can pay; call {phone}.' },
};
const OTHER: DeclineTemplate = { code: 'other', name: { 'zh-CN': '其他' }, reason: { 'zh-CN': '见说明。' } };
const templates = {
	reasons: [ABLE, OTHER],
	object: {
		'zh-CN': '{objectUntil}前可提出异议，{answerDays} 日内答复。',
		en: 'Object by {objectUntil}; {answerDays} days.',
	},
	final: { 'zh-CN': '可投诉：{phone}。', en: 'Complain: {phone}.' },
	phoneElse: { 'zh-CN': '卡片背面的号码', en: 'the number on your card' },
};
const parts = { bank: 'Bank', phone: '95588', objectUntil: '12 December', answerDays: 5 };

test('a letter says the reason, the agent’s own sentence and the way to object, in that order', () => {
	const letter = letterFor(ABLE, { templates, language: 'en', isFinal: false, parts });
	expect(letterText(letter, ' We are glad to talk. ')).toBe(
		'By your budget you can pay; call 95588.\n\nWe are glad to talk.\n\nObject by 12 December; 5 days.',
	);
	expect(letterText(letter, '')).toBe('By your budget you can pay; call 95588.\n\nObject by 12 December; 5 days.');
});

test('after an objection the letter names the way to complain in place of the way to object', () => {
	expect(letterFor(ABLE, { templates, language: 'zh-CN', isFinal: true, parts }).object).toBe('可投诉：95588。');
});

test('a bank without a number names the card, and a language without a text gets the base one', () => {
	const asked = { templates, isFinal: true, parts: { ...parts, phone: '' } };
	expect(letterFor(ABLE, { ...asked, language: 'en' }).object).toBe('Complain: the number on your card.');
	expect(letterFor(ABLE, { ...asked, language: 'fr' }).object).toBe('可投诉：卡片背面的号码。');
});

test('where only the agent knows why, the letter is their own words and the way to object', () => {
	const letter = letterFor(OTHER, { templates, language: 'en', isFinal: false, parts });
	expect(letter.body).toBe('');
	expect(letterText(letter, 'As said.')).toBe('As said.\n\nObject by 12 December; 5 days.');
});

test('whatever stands in braces is found, and a brace of no pair too', () => {
	expect(placeholdersOf('{phone} and {amount}')).toEqual(['phone', 'amount']);
	expect(placeholdersOf('{ phone }, {}')).toEqual([' phone ', '']);
	expect(placeholdersOf('a {half')).toEqual(['{']);
	expect(placeholdersOf('plain')).toEqual([]);
});
