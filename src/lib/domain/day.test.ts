import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { addDays, addMonths, dayIn, dayNumber, dayOf, daysBetween, isDay } from '#lib/domain/day.ts';

const zone = process.env.TZ;
afterEach(() => {
	if (zone === undefined) delete process.env.TZ;
	else process.env.TZ = zone;
});

const days = fc.integer({ min: dayNumber('1900-01-01'), max: dayNumber('2199-12-31') });

describe('day numbers', () => {
	it('count from 1970-01-01', () => {
		expect([dayNumber('1970-01-01'), dayNumber('1969-12-31'), dayNumber('2000-03-01')]).toEqual([0, -1, 11017]);
	});

	it('and days turn into each other, and agree with the runtime’s calendar', () => {
		fc.assert(
			fc.property(days, (number) => {
				expect(dayNumber(dayOf(number))).toBe(number);
				expect(dayOf(number)).toBe(new Date(number * 86_400_000).toISOString().slice(0, 10));
				expect(isDay(dayOf(number))).toBe(true);
			}),
			{ numRuns: 2000 },
		);
	});

	it('count the leap day', () => {
		expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
		expect(daysBetween('2025-02-28', '2025-03-01')).toBe(1);
		expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
	});
});

it.each([
	'2026-02-29',
	'2026-13-01',
	'2026-00-10',
	'2026-01-00',
	'2026-1-1',
	'1899-12-31',
	'2200-01-01',
	' 2026-01-01',
	'2026-01-01T00',
])('%s is no day', (text) => {
	expect(isDay(text)).toBe(false);
});

it('months are clamped to their end, and counted from the first day come back to its own', () => {
	expect([1, 2, 3, 13].map((months) => addMonths('2027-01-31', months))).toEqual([
		'2027-02-28',
		'2027-03-31',
		'2027-04-30',
		'2028-02-29',
	]);
	expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
});

it('the day in a zone turns at its own midnight, to the second, wherever the machine stands', () => {
	const midnights: [string, string][] = [
		['Asia/Shanghai', '2026-03-04T16:00:00Z'],
		['America/New_York', '2026-03-05T05:00:00Z'],
		['Pacific/Kiritimati', '2026-03-04T10:00:00Z'],
		['Europe/Lisbon', '2026-03-05T00:00:00Z'],
	];
	for (const [machine] of midnights) {
		process.env.TZ = machine;
		for (const [name, instant] of midnights) {
			const midnight = Date.parse(instant);
			expect(dayIn(new Date(midnight - 1000), name)).toBe('2026-03-04');
			expect(dayIn(new Date(midnight), name)).toBe('2026-03-05');
			expect(dayIn(new Date(midnight + 1000), name)).toBe('2026-03-05');
		}
	}
});
