import { expect, test } from 'vitest';
import { PLAIN_WEEKS } from '#lib/domain/application/working-days.ts';
import { waitingByAge } from '#lib/domain/overview/waiting-age.ts';

test('cases stand by the working days they have waited, and are late after the promised ones', () => {
	// 2026-11-28 is a Saturday: Friday's have waited no working day, Thursday's one.
	const queued = [
		{ day: '2026-11-28', count: 1 },
		{ day: '2026-11-27', count: 2 },
		{ day: '2026-11-26', count: 4 },
		{ day: '2026-11-25', count: 8 },
		{ day: '2026-11-24', count: 16 },
		{ day: '2026-01-05', count: 32 },
		{ day: '2025-01-06', count: 64 },
	];
	const ages = waitingByAge(queued, { today: '2026-11-28', promised: 2, calendar: PLAIN_WEEKS });
	expect(ages.map(({ days, count }) => [days, count])).toEqual([
		[0, 3],
		[1, 4],
		[2, 8],
		[3, 16],
		[4, 0],
		[5, 0],
		[6, 0],
		[7, 96],
	]);
	expect(ages.filter(({ isLate }) => isLate).map(({ days }) => days)).toEqual([3, 4, 5, 6, 7]);
});
