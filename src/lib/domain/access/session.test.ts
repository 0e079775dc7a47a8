import { expect, test } from 'vitest';
import { sessionExpiry } from '#lib/domain/access/session.ts';

const start = new Date('2026-11-21T01:00:00Z');
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

test('a cardholder is signed out 15 minutes after the last use and 2 hours after signing in', () => {
	expect(sessionExpiry('cardholder', start, start)).toEqual(after(15));
	expect(sessionExpiry('cardholder', start, after(100))).toEqual(after(115));
	expect(sessionExpiry('cardholder', start, after(110))).toEqual(after(120));
});

test('staff are signed out after 30 minutes and 12 hours', () => {
	expect(sessionExpiry('staff', start, after(10))).toEqual(after(40));
	expect(sessionExpiry('staff', start, after(710))).toEqual(after(720));
});
