import { beforeAll, expect, test } from 'vitest';
import { REASONS } from '#lib/domain/application/reason.ts';
import { addDays, type Day } from '#lib/domain/day.ts';
import type { DayRange } from '#lib/domain/overview/day-range.ts';
import { today } from '#lib/server/clock.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { readFigure, readFigures } from '#lib/server/overview/read-figures.ts';
import { useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';
import { type BookCase, bookCase, makeBook } from '../support/overview-book.ts';
import { makeStaff } from '../support/staff.ts';

const database = useDatabase();
const CASES = 720;
const cases: BookCase[] = [];
const DECIDED = ['approved', 'declined', 'offered', 'returned', 'lapsed'];

beforeAll(async () => {
	useEnv();
	const staffId = await makeStaff(database.db, 'counted');
	await makeBook(database.owner, CASES, { today: today(), staffId });
	cases.push(...Array.from({ length: CASES }, (_, n) => bookCase(n, today())));
});

const ranges = (): DayRange[] => [
	{ from: addDays(today(), -29), to: today() },
	{ from: addDays(today(), -40), to: addDays(today(), -40) },
	{ from: addDays(today(), -400), to: today() },
	{ from: today(), to: today() },
];
const none = { count: 0, oldest: null, due: null };
const within = (day: Day, { from, to }: DayRange) => from <= day && day <= to;
const count = (which: (one: BookCase) => boolean) => cases.filter(which).length;

test('what was taken and decided is counted by the hour of the bank’s clock, to the number', async () => {
	for (const range of ranges()) {
		const hours = await readFigure(database.db, 'hours', range);
		expect(hours).toHaveLength(24);
		const busy = hours.filter(({ taken, decided }) => taken + decided > 0);
		const taken = count(({ fate, decidedOn }) => fate !== 'waits' && within(decidedOn, range));
		const decided = count(({ fate, decidedOn }) => DECIDED.includes(fate) && within(decidedOn, range));
		const expected = [
			{ hour: 9, taken, decided: 0 },
			{ hour: 10, taken: 0, decided },
		];
		expect(busy).toEqual(expected.filter((hour) => hour.taken + hour.decided > 0));
	}
});

test('decisions are counted by reason and outcome, and refusals by their code', async () => {
	for (const range of ranges()) {
		const outcomes = await readFigure(database.db, 'outcomes', range);
		for (const reason of REASONS) {
			const of = (...fates: string[]) =>
				count((one) => one.reason === reason && fates.includes(one.fate) && within(one.decidedOn, range));
			const counts = {
				approved: of('approved'),
				declined: of('declined'),
				counter_offered: of('offered', 'returned', 'lapsed'),
			};
			const isNone = Object.values(counts).every((one) => one === 0);
			expect(outcomes.find((row) => row.reason === reason)?.counts).toEqual(isNone ? undefined : counts);
		}
		const declines = await readFigure(database.db, 'declines', range);
		for (const { reason, count: counted } of declines) {
			const same = (one: BookCase) => one.fate === 'declined' && one.declineReason === reason;
			expect(counted).toBe(count((one) => same(one) && within(one.decidedOn, range)));
		}
		const declined = count((one) => one.fate === 'declined' && within(one.decidedOn, range));
		expect(declines.reduce((sum, row) => sum + row.count, 0)).toBe(declined);
	}
});

test('the queue’s length on each day is what was open at its midnight', async () => {
	const range = { from: addDays(today(), -75), to: today() };
	const spans = await readFigure(database.db, 'queue', range);
	expect(spans).toHaveLength(76);
	for (const { to: day, open } of spans) {
		const isOpen = ({ fate, queuedOn, decidedOn, answeredOn }: BookCase) => {
			if (queuedOn > day) return false;
			if (fate === 'waits' || fate === 'held') return true;
			return decidedOn > day || (fate === 'returned' && answeredOn <= day);
		};
		expect([day, open]).toEqual([day, count(isOpen)]);
	}
});

test('what waits is counted once, for whom it waits, since the oldest', async () => {
	const waiting = await readFigure(database.db, 'waiting', { from: today(), to: today() });
	const due = (day: Day | undefined) => day && addDays(day, 3);
	const oldest = (...fates: string[]) =>
		cases.flatMap((one) => (fates.includes(one.fate) ? [one.queuedOn] : [])).sort()[0];
	expect(waiting).toEqual([
		{ for: 'agent', count: 144, oldest: oldest('waits', 'returned'), due: due(oldest('waits', 'returned')) },
		{ for: 'in_hand', count: 72, oldest: oldest('held'), due: due(oldest('held')) },
		{ for: 'second', ...none },
		{ for: 'more_requested', ...none },
		{ for: 'offer_answer', count: 72, oldest: addDays(oldest('offered') ?? today(), 1), due: expect.any(String) },
		{ for: 'signature', ...none },
		{ for: 'aside', ...none },
	]);
	const { ages } = await readFigure(database.db, 'wait', { from: today(), to: today() });
	expect(ages.reduce((sum, age) => sum + age.inTime, 0)).toBe(0);
	expect(ages.reduce((sum, age) => sum + age.late, 0)).toBe(216);
});

test('offers that ran out are counted on the day on which they did', async () => {
	for (const range of ranges()) {
		const lapsed = await readFigure(database.db, 'lapsed', range);
		const offer = count(({ fate, answeredOn }) => fate === 'lapsed' && within(answeredOn, range));
		expect(lapsed.map(({ count: counted }) => counted)).toEqual([offer, 0, 0]);
	}
});

test('a supervisor’s own connection sees every figure as the system does', async () => {
	const [range] = ranges();
	if (!range) return;
	const supervisor = { staff: 'supervisor', staffId: await makeStaff(database.db, 'boss', 'supervisor') } as const;
	const seen = await runAs(supervisor, () => readFigures(database.db, range));
	expect(seen).toEqual(await readFigures(database.db, range));
});
