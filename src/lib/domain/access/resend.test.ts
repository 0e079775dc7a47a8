import { expect, test } from 'vitest';
import { refusesResend } from '#lib/domain/access/resend.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const RULES = { resendsPerDay: 3, resendCooldownMinutes: 5 };
const ago = (minutes: number) => new Date(AT.getTime() - minutes * 60_000);
const STATE = { resendsToday: 0, lastResentAt: null, silencedAt: null };

test('a link may be sent again within the day’s number, and not within minutes of the last', () => {
	expect(refusesResend(STATE, AT, RULES)).toBeUndefined();
	expect(refusesResend({ ...STATE, resendsToday: 2, lastResentAt: ago(5) }, AT, RULES)).toBeUndefined();
	expect(refusesResend({ ...STATE, resendsToday: 3, lastResentAt: ago(60) }, AT, RULES)).toEqual({
		refusal: 'too_many_resends',
	});
	expect(refusesResend({ ...STATE, lastResentAt: ago(4) }, AT, RULES)).toEqual({
		refusal: 'too_soon',
		until: new Date(AT.getTime() + 60_000),
	});
	expect(refusesResend({ ...STATE, lastResentAt: AT }, AT, { ...RULES, resendCooldownMinutes: 0 })).toBeUndefined();
});

test('no link goes to a number that its holder has silenced', () => {
	expect(refusesResend({ ...STATE, silencedAt: ago(10_000) }, AT, RULES)).toEqual({ refusal: 'number_silenced' });
});
