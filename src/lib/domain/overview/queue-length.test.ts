import { expect, test } from 'vitest';
import { queueLengths } from '#lib/domain/overview/queue-length.ts';

test('the queue at the end of each day follows from its length now and the moves since', () => {
	const moves = [
		{ day: '2026-11-27', came: 5, left: 1 },
		{ day: '2026-11-25', came: 2, left: 3 },
		{ day: '2026-11-28', came: 0, left: 4 },
	];
	const lengths = queueLengths(10, moves, { from: '2026-11-25', to: '2026-11-27' });
	expect(lengths.map(({ to, open }) => [to, open])).toEqual([
		['2026-11-25', 10],
		['2026-11-26', 10],
		['2026-11-27', 14],
	]);
	expect(lengths[2]).toMatchObject({ came: 5, left: 1 });
});

test('a long range is told month by month, with each month’s sums and its end', () => {
	const moves = [
		{ day: '2026-01-15', came: 7, left: 0 },
		{ day: '2026-01-31', came: 0, left: 2 },
		{ day: '2026-06-01', came: 1, left: 0 },
	];
	const lengths = queueLengths(6, moves, { from: '2026-01-10', to: '2026-06-02' });
	expect(lengths).toHaveLength(6);
	expect(lengths[0]).toEqual({ from: '2026-01-10', to: '2026-01-31', came: 7, left: 2, open: 5 });
	expect(lengths.at(-1)).toEqual({ from: '2026-06-01', to: '2026-06-02', came: 1, left: 0, open: 6 });
});
