import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextAllowedAt, nextDayAllowedAt } from '#lib/domain/contact/hours.ts';
import { DEFAULT_CONTACT_RULES } from '#lib/domain/contact/rules.ts';

const rules = DEFAULT_CONTACT_RULES;
const next = (now: string, zone: string | null) => nextAllowedAt(new Date(now), zone, rules).toISOString();

test('within the hours a message goes at once, to the millisecond', () => {
	expect(next('2026-05-20T00:00:00.000Z', 'Asia/Shanghai')).toBe('2026-05-20T00:00:00.000Z');
	expect(next('2026-05-20T13:59:59.999Z', 'Asia/Shanghai')).toBe('2026-05-20T13:59:59.999Z');
});

test('before and after the hours it waits for the next opening', () => {
	expect(next('2026-05-19T23:59:59.999Z', 'Asia/Shanghai')).toBe('2026-05-20T00:00:00.000Z');
	expect(next('2026-05-20T14:00:00.000Z', 'Asia/Shanghai')).toBe('2026-05-21T00:00:00.000Z');
	expect(next('2026-05-20T16:30:12.345Z', 'Asia/Shanghai')).toBe('2026-05-21T00:00:00.000Z');
});

test('the hours are those of the recipient, and of the bank where no zone is known', () => {
	expect(next('2026-05-20T01:00:00Z', 'America/New_York')).toBe('2026-05-20T01:00:00.000Z');
	expect(next('2026-05-20T02:00:00Z', 'America/New_York')).toBe('2026-05-20T12:00:00.000Z');
	expect(next('2026-05-20T15:00:00Z', null)).toBe('2026-05-21T00:00:00.000Z');
	expect(next('2026-05-20T02:20:00Z', 'Asia/Kathmandu')).toBe('2026-05-20T02:20:00.000Z');
	expect(next('2026-05-20T02:10:00Z', 'Asia/Kathmandu')).toBe('2026-05-20T02:15:00.000Z');
});

test('the opening follows the clock over a change, forward and back', () => {
	// New York: clocks forward on 8 March 2026, back on 1 November
	expect(next('2026-03-08T03:00:00Z', 'America/New_York')).toBe('2026-03-08T12:00:00.000Z');
	expect(next('2026-11-01T02:00:00Z', 'America/New_York')).toBe('2026-11-01T13:00:00.000Z');
	expect(next('2026-11-01T05:30:00Z', 'America/New_York')).toBe('2026-11-01T13:00:00.000Z');
});

test('hours that a change swallows wholly open on the day after', () => {
	// on 8 March 2026 New York has no 02:00
	const night = { ...rules, from: '02:00', to: '02:30' };
	const at = nextAllowedAt(new Date('2026-03-07T08:00:00Z'), 'America/New_York', night);
	expect(at.toISOString()).toBe('2026-03-09T06:00:00.000Z');
});

test('an unknown zone is a mistake, never midnight somewhere', () => {
	expect(() => next('2026-05-20T02:00:00Z', 'Mars/Olympus')).toThrow(RangeError);
});

const ZONES = [
	'Asia/Shanghai',
	'America/New_York',
	'Europe/London',
	'Australia/Lord_Howe',
	'Asia/Kathmandu',
	'Pacific/Apia',
	'America/St_Johns',
];
const instant = fc.date({
	min: new Date('2024-01-01T00:00:00Z'),
	max: new Date('2030-01-01T00:00:00Z'),
	noInvalidDate: true,
});

test('the moment found is allowed, and there is none before it', () => {
	fc.assert(
		fc.property(instant, fc.constantFrom(...ZONES), (now, zone) => {
			const at = nextAllowedAt(now, zone, rules);
			const clock = (date: Date) => date.toLocaleTimeString('en-GB', { timeZone: zone });
			expect(at >= now).toBe(true);
			expect(clock(at) >= '08:00:00' && clock(at) < '22:00:00').toBe(true);
			if (at > now) expect(clock(new Date(at.getTime() - 1)) < '08:00:00').toBe(true);
			if (at > now) expect(at.getTime() - now.getTime()).toBeLessThanOrEqual(11 * 3_600_000);
		}),
	);
});

test('what the cap holds back goes out at the opening of the next day', () => {
	const day = (now: string, zone: string) => nextDayAllowedAt(new Date(now), zone, rules).toISOString();
	expect(day('2026-05-20T02:00:00Z', 'Asia/Shanghai')).toBe('2026-05-21T00:00:00.000Z');
	expect(day('2026-05-20T15:59:59Z', 'Asia/Shanghai')).toBe('2026-05-21T00:00:00.000Z');
	expect(day('2026-05-20T16:00:00Z', 'Asia/Shanghai')).toBe('2026-05-22T00:00:00.000Z');
	expect(day('2026-10-31T15:00:00Z', 'America/New_York')).toBe('2026-11-01T13:00:00.000Z');
	expect(day('2026-11-01T04:30:00Z', 'America/New_York')).toBe('2026-11-02T13:00:00.000Z');
});
