import { expect, test } from 'vitest';
import { balancePicture } from '#lib/components/balance-picture.ts';

const plan = [
	{ on: '2026-01-01', total: 1_000 },
	{ on: '2026-01-01', total: 900 },
	{ on: '2026-01-16', total: 450 },
	{ on: '2026-01-31', total: 0 },
];

test('a plan goes down in steps from what is owed today to nought on its last day', () => {
	const picture = balancePicture(plan, []);
	expect(picture?.plan).toBe('M0 32H0V38.4H150V67.2H300V96');
	expect(picture?.leaves).toBe(false);
});

test('a course is drawn to the plan’s last day and no further', () => {
	const course = ['2026-01-01', '2026-01-31', '2026-03-01'].map((on, index) => ({ on, total: 1_000 + index * 100 }));
	expect(balancePicture(plan, course)?.course).toBe('M0 32L300 25.6');
});

test('a course that grows beyond the picture leaves it at the top', () => {
	const course = [
		{ on: '2026-01-01', total: 1_000 },
		{ on: '2026-01-31', total: 2_000 },
	];
	expect(balancePicture(plan, course)).toMatchObject({ course: 'M0 32L150 0', leaves: true });
});

test('where nothing is owed there is nothing to draw', () => {
	expect(balancePicture([{ on: '2026-01-01', total: 0 }], [])).toBeUndefined();
	expect(balancePicture([], [])).toBeUndefined();
});
