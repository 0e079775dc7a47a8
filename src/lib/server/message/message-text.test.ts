import { expect, test } from 'vitest';
import { contentProblems } from '#lib/domain/contact/content.ts';
import { smsLength } from '#lib/domain/contact/sms-length.ts';
import { messageText } from '#lib/server/message/message-text.ts';
import { type MessageTemplate, TEMPLATES } from '#lib/server/message/template.ts';

const BANKS = { 'zh-CN': '海岸银行', en: 'Harbour Bank' } as const;
const ORIGIN = 'https://repay.harbour.cn';
const PARTS = { code: '482193', minutes: 10 };

/** The addresses that the messages hold: a link's own, or that of a page behind the sign-in. */
function linkOf(template: MessageTemplate): string {
	return template.startsWith('application') ? `${ORIGIN}/application` : `${ORIGIN}/l/b4XgAHQUwD50cwyNySTkKw`;
}

test.each(TEMPLATES)('%s says nothing private in either language, and fits one SMS', (template) => {
	for (const [locale, bank] of Object.entries(BANKS)) {
		const text = messageText(template, locale, { ...PARTS, link: linkOf(template), bank });
		expect(contentProblems(text), text).toEqual([]);
		expect(text).toContain(bank);
		expect(smsLength(text).messages, text).toBe(1);
	}
});

test('approved and declined read the same on a lock screen', () => {
	for (const [locale, bank] of Object.entries(BANKS)) {
		const text = (template: 'application_approved' | 'application_declined') =>
			messageText(template, locale, { ...PARTS, link: linkOf(template), bank });
		expect(text('application_approved')).toBe(text('application_declined'));
	}
});

test('a language that is not ours is told in Chinese', () => {
	expect(messageText('sign_in_code', 'fr', { ...PARTS, bank: '海岸银行' })).toContain('验证码 482193');
});

test('a message without its link or code is none', () => {
	expect(() => messageText('reminder', 'en', { bank: 'Harbour Bank' })).toThrow('lacks its link');
});
