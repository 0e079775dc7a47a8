import { expect, test } from 'vitest';
import { readDecisionForm } from './decision-form.ts';

const GOOD: readonly (readonly [string, string])[] = [
	['fence', '4'],
	['version', '2'],
	['postingMark', '17'],
	['evidence', ''],
	['outcome', 'declined'],
	['reason', 'able_to_pay'],
	['checked', 'identity'],
	['checked', 'called_hospital'],
	['checks_seen', '0123456789abcdef,fedcba9876543210'],
	['letter_seen', '0123456789abcdef'],
	['words', '欢迎来电。'],
];

/** The form with some of its fields in place of what a page of ours would send. */
function formWith(...changed: readonly (readonly [string, string])[]): FormData {
	const form = new FormData();
	const names = new Set(changed.map(([name]) => name));
	for (const [name, value] of [...GOOD.filter(([given]) => !names.has(given)), ...changed]) form.append(name, value);
	return form;
}

test('every code that the bank’s list may hold is read, in the order in which it was ticked', () => {
	expect(readDecisionForm(formWith())).toMatchObject({
		reason: 'able_to_pay',
		checked: ['identity', 'called_hospital'],
		checks_seen: '0123456789abcdef,fedcba9876543210',
		letter_seen: '0123456789abcdef',
		words: '欢迎来电。',
	});
	expect(readDecisionForm(formWith(['reason', '']))?.reason).toBeNull();
});

test('what can be no code of a check or a reason refuses the whole form', () => {
	for (const code of ['', 'Identity', 'a b', '__proto__', '<b>', 'x'.repeat(41)]) {
		expect(readDecisionForm(formWith(['checked', 'identity'], ['checked', code])), code).toBeUndefined();
		if (code !== '') expect(readDecisionForm(formWith(['reason', code])), code).toBeUndefined();
	}
	const many = Array.from({ length: 31 }, (_, n) => ['checked', `code_${String(n)}`] as const);
	expect(readDecisionForm(formWith(...many))).toBeUndefined();
	expect(readDecisionForm(formWith(['checks_seen', 'none of ours']))).toBeUndefined();
});
