import { describe, expect, test } from 'vitest';
import { keepingMoves, type Written } from '#lib/domain/agreement/keeping.ts';
import { threeInstalments } from '#lib/domain/agreement/kept-plan.fixture.ts';

const plan = threeInstalments();
const rules = { noticeDaysBefore: 5, postingDays: 1 };
const ACTIVE: Written = { status: 'active', events: [] };
const written = (status: Written['status'], ...events: [string, number | null][]): Written => ({
	status,
	events: events.map(([kind, instalment]) => ({ kind, instalment })),
});
const pay = (postedOn: string, amount = 100_000) => ({ postedOn, amount });
const moves = (state: Written, today: string, ...paid: ReturnType<typeof pay>[]) =>
	keepingMoves(state, plan, paid, { today, rules }).map(({ event, on, instalment, to, tell }) =>
		[event, on, instalment ?? '-', to ?? '-', tell ? 'tell' : 'quiet'].join(' '),
	);

describe('notices', () => {
	test('an instalment is announced so many days before its day, once, and not where it is paid', () => {
		expect(moves(ACTIVE, '2026-01-30')).toEqual([]);
		expect(moves(ACTIVE, '2026-01-31')).toEqual(['due_notice 2026-01-31 1 - tell']);
		expect(moves(written('active', ['due_notice', 1]), '2026-02-02')).toEqual([]);
		expect(moves(ACTIVE, '2026-02-02', pay('2026-02-01'))).toEqual([]);
	});

	test('a notice that nobody sent in time is not sent after the day', () => {
		expect(moves(ACTIVE, '2026-02-08', pay('2026-02-08'))).not.toContain('due_notice 2026-01-31 1 - tell');
	});
});

describe('a missed instalment', () => {
	test('is called missed when the payments of its day have come in, and is told', () => {
		expect(moves(written('active', ['due_notice', 1]), '2026-02-05')).toEqual([]);
		expect(moves(written('active', ['due_notice', 1]), '2026-02-06')).toEqual(['missed 2026-02-06 1 missed tell']);
	});

	test('is made good within its window', () => {
		expect(moves(written('missed', ['missed', 1]), '2026-02-20', pay('2026-02-20'))).toEqual([
			'cured 2026-02-20 1 active tell',
		]);
	});

	test('a payment of the due date that came in late makes it good too', () => {
		expect(moves(written('missed', ['missed', 1]), '2026-02-09', pay('2026-02-05'))).toEqual([
			'cured 2026-02-05 1 active tell',
		]);
	});

	test('what was missed and made good while nobody looked is written and not sent', () => {
		expect(moves(ACTIVE, '2026-02-20', pay('2026-02-10'))).toEqual([
			'missed 2026-02-06 1 missed quiet',
			'cured 2026-02-10 1 active quiet',
		]);
		expect(moves(ACTIVE, '2026-02-20', pay('2026-02-06')).map((move) => move.slice(0, 8))).toEqual([
			'missed 2',
			'cured 20',
		]);
	});

	test('made good in part it is still missed, and lapses after its window', () => {
		const missed = written('missed', ['missed', 1]);
		expect(moves(missed, '2026-02-20', pay('2026-02-10', 99_999))).toEqual([]);
		expect(moves(missed, '2026-02-21', pay('2026-02-10', 99_999))).toEqual(['lapsed 2026-02-21 1 lapsed tell']);
	});

	test('a payment after the window does not undo the lapse', () => {
		expect(moves(written('missed', ['missed', 1]), '2026-02-28', pay('2026-02-21'))).toEqual([
			'lapsed 2026-02-21 1 lapsed tell',
		]);
	});

	test('made good while another is missed, the plan stays missed', () => {
		const longWindow = threeInstalments({ cureDays: 40 });
		const told = keepingMoves(written('missed', ['missed', 1]), longWindow, [pay('2026-03-07')], {
			today: '2026-03-07',
			rules,
		});
		expect(told.map(({ event, instalment, to }) => [event, instalment, to])).toEqual([
			['missed', 2, undefined],
			['cured', 1, undefined],
		]);
	});
});

test('an instalment that rounding left empty is never missed', () => {
	const [first, second] = threeInstalments().instalments;
	const empty = {
		...plan,
		principal: 1,
		instalments: [
			{ ...first!, principal: 1, total: 1 },
			{ ...second!, principal: 0, total: 0 },
		],
	};
	const events = keepingMoves(ACTIVE, empty, [pay('2026-03-10', 1)], { today: '2026-03-10', rules }).map(
		({ event, instalment }) => [event, instalment],
	);
	expect(events).not.toContainEqual(['missed', 2]);
});

describe('the end', () => {
	test('the last instalment completes the plan; paid all at once it is settled early', () => {
		const three = [pay('2026-02-05'), pay('2026-03-05'), pay('2026-04-03')];
		expect(moves(ACTIVE, '2026-04-03', ...three)).toEqual(['completed 2026-04-03 - completed tell']);
		expect(moves(ACTIVE, '2026-02-01', pay('2026-02-01', 300_000))).toEqual([
			'settled_early 2026-02-01 - completed tell',
		]);
	});

	test('what comes in after a plan was settled early does not make it one that ran to its end', () => {
		const withInterest = threeInstalments({ percent: 1 });
		const paid = [pay('2026-02-05', 103_000), pay('2026-03-05', 203_000), pay('2026-03-06', 3_000)];
		const [end] = keepingMoves(ACTIVE, withInterest, paid, { today: '2026-03-06', rules });
		expect(end).toMatchObject({ event: 'settled_early', on: '2026-03-05' });
	});

	test('a plan in its cure window can be completed', () => {
		expect(moves(written('missed', ['missed', 1]), '2026-02-18', pay('2026-02-18', 300_000))).toEqual([
			'settled_early 2026-02-18 - completed tell',
		]);
	});

	test('nothing more happens to a plan that has ended, or is not signed', () => {
		for (const status of ['offered', 'refused', 'expired', 'lapsed', 'completed'] as const) {
			expect(moves(written(status), '2026-05-01')).toEqual([]);
		}
	});
});
