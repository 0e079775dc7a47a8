import { expect, test } from 'vitest';
import { bindCode } from '#lib/domain/contact/bound-code.ts';
import { contentProblems } from '#lib/domain/contact/content.ts';
import { smsLength } from '#lib/domain/contact/sms-length.ts';
import { languages } from '#lib/messages/languages.ts';
import { messageText } from '#lib/server/message/message-text.ts';
import { type MessageTemplate, TEMPLATES } from '#lib/server/message/template.ts';

/** Every language of the portal, with a bank that has a name of ordinary length in it. */
const BANKS = languages().map((locale) => [locale, locale.startsWith('zh') ? '海岸银行' : 'Harbour Bank'] as const);
const ORIGIN = 'https://repay.harbour.cn';
const PARTS = { code: '482193', minutes: 10 };

/** The addresses that the messages hold: a link's own, or that of a page behind the sign-in. */
function linkOf(template: MessageTemplate): string {
	const hasToken = template === 'reminder' || template === 'link_resent';
	return hasToken ? `${ORIGIN}/l/b4XgAHQUwD50cwyNySTkKw` : `${ORIGIN}/application`;
}

test.each(TEMPLATES)('%s says nothing private in any language, and fits one SMS', (template) => {
	for (const [locale, bank] of BANKS) {
		const text = messageText(template, locale, { ...PARTS, link: linkOf(template), bank });
		expect(contentProblems(text), text).toEqual([]);
		expect(text).toContain(bank);
		expect(smsLength(text).messages, text).toBe(1);
	}
});

/** The longest that still leaves a link's message one SMS, with a bank's name of ordinary length. */
const LONGEST_ORIGIN = 'https://repay.harbourbank.com';

test.each(['reminder', 'link_resent'] as const)('%s is one SMS with a link on the longest origin', (template) => {
	for (const [locale, bank] of BANKS) {
		const text = messageText(template, locale, { bank, link: `${LONGEST_ORIGIN}/l/b4XgAHQUwD50cwyNySTkKw` });
		expect(smsLength(text).messages, text).toBe(1);
	}
});

test('a sign-in code is one SMS, bound to our page for the phone to fill in, in every language', () => {
	for (const [locale, bank] of BANKS) {
		const text = bindCode(messageText('sign_in_code', locale, { ...PARTS, bank }), {
			code: PARTS.code,
			origin: ORIGIN,
		});
		expect(text).toMatch(/\n@repay\.harbour\.cn #482193$/);
		expect(contentProblems(text), text).toEqual([]);
		expect(smsLength(text).messages, text).toBe(1);
	}
});

test('approved and declined read the same on a lock screen', () => {
	for (const [locale, bank] of BANKS) {
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
