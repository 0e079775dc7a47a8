import { expect, test } from 'vitest';
import { checkSend, checkTry, readCode, readIdLast4 } from '#lib/domain/access/code.ts';

const rules = { codeMinutes: 10, mostSends: 3, cooldownSeconds: 60, mostTries: 5 };
const at = new Date('2026-11-21T08:00:00Z');
const seconds = (count: number) => new Date(at.getTime() + count * 1000);
const fresh = { sends: 1, tries: 0, lastSentAt: seconds(-90), expiresAt: seconds(510), closedAt: null };

test('a code is sent again after the cooldown, and three times at most', () => {
	expect(checkSend(fresh, rules, at)).toBeUndefined();
	expect(checkSend({ ...fresh, lastSentAt: seconds(-20) }, rules, at)).toEqual({
		refusal: 'cooling_down',
		until: seconds(40),
	});
	expect(checkSend({ ...fresh, sends: 3 }, rules, at)).toEqual({ refusal: 'no_more_sends' });
});

test('after five tries neither a try nor another sending is allowed', () => {
	const used = { ...fresh, tries: 5 };
	expect(checkTry(used, rules, at)).toEqual({ refusal: 'no_more_tries' });
	expect(checkSend(used, rules, at)).toEqual({ refusal: 'no_more_tries' });
	expect(checkTry({ ...fresh, tries: 4 }, rules, at)).toBeUndefined();
});

test('a challenge is over at its last second and once it was used', () => {
	expect(checkTry({ ...fresh, expiresAt: at }, rules, at)).toEqual({ refusal: 'over' });
	expect(checkTry({ ...fresh, closedAt: seconds(-1) }, rules, at)).toEqual({ refusal: 'over' });
	expect(checkSend({ ...fresh, closedAt: seconds(-1) }, rules, at)).toEqual({ refusal: 'over' });
});

test('a code is understood with spaces, dashes and full-width digits', () => {
	for (const text of ['123456', ' 123 456 ', '123-456', '１２３４５６', '123　456', '123–456']) {
		expect(readCode(text)).toBe('123456');
	}
	for (const text of ['', '12345', '1234567', '12345a', '12.3456']) expect(readCode(text)).toBeUndefined();
});

test('the last four of an identity number may end in x', () => {
	expect(readIdLast4('123x')).toBe('123X');
	expect(readIdLast4('１２３Ｘ')).toBe('123X');
	expect(readIdLast4(' 1234 ')).toBe('1234');
	for (const text of ['', '123', 'X123', '12345', '12Y4']) expect(readIdLast4(text)).toBeUndefined();
});
