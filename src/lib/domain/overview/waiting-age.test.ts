import { expect, test } from 'vitest';
import { PLAIN_WEEKS } from '#lib/domain/application/working-days.ts';
import { waitingByAge } from '#lib/domain/overview/waiting-age.ts';

test('cases stand by the working days they have waited, each late by its own promise', () => {
	// 2026-11-28 is a Saturday: Friday's have waited no working day, Thursday's one.
	const queued = [
		{ day: '2026-11-28', count: 1, isLate: false },
		{ day: '2026-11-27', count: 2, isLate: false },
		{ day: '2026-11-26', count: 4, isLate: false },
		{ day: '2026-11-26', count: 5, isLate: true },
		{ day: '2026-11-25', count: 8, isLate: false },
		{ day: '2026-11-24', count: 16, isLate: true },
		{ day: '2026-01-05', count: 32, isLate: true },
		{ day: '2025-01-06', count: 64, isLate: false },
	];
	const ages = waitingByAge(queued, { today: '2026-11-28', promised: 2, calendar: PLAIN_WEEKS });
	expect(ages.map(({ days, inTime, late }) => [days, inTime, late])).toEqual([
		[0, 3, 0],
		[1, 4, 5],
		[2, 8, 0],
		[3, 0, 16],
		[4, 0, 0],
		[5, 0, 0],
		[6, 0, 0],
		[7, 64, 32],
	]);
});
