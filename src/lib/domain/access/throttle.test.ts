import { expect, test } from 'vitest';
import { countsSince, freeAgainAt, minuteOf } from '#lib/domain/access/throttle.ts';

const throttle = { most: 3, minutes: 10 };
const at = (time: string) => new Date(`2026-11-21T${time}Z`);
const counted = (...times: string[]) => times.map((time) => ({ minute: minuteOf(at(time)), count: 1 }));

test('below the throttle the next is allowed at once', () => {
	expect(freeAgainAt(throttle, [], at('08:00:00'))).toBeUndefined();
	expect(freeAgainAt(throttle, counted('08:00:10', '08:01:00'), at('08:01:30'))).toBeUndefined();
});

test('at the throttle the next is allowed once the oldest is ten minutes old', () => {
	const counts = counted('08:00:50', '08:05:00', '08:06:00');
	expect(freeAgainAt(throttle, counts, at('08:07:00'))).toEqual(at('08:11:00'));
	expect(freeAgainAt(throttle, counts, at('08:10:50'))).toEqual(at('08:11:00'));
	expect(freeAgainAt(throttle, counts, at('08:11:00'))).toBeUndefined();
	expect(countsSince(throttle, at('08:11:00'))).toEqual(at('08:00:00'));
});

test('several in one minute free several at once', () => {
	const counts = [{ minute: at('08:00:00'), count: 5 }];
	expect(freeAgainAt(throttle, counts, at('08:09:00'))).toEqual(at('08:11:00'));
});

test('a throttle of none allows none', () => {
	expect(freeAgainAt({ most: 0, minutes: 10 }, [], at('08:00:00'))).toBeInstanceOf(Date);
});
