import { expect, it } from 'vitest';
import { historyOf, timelineWith } from '#lib/domain/account/history.fixture.ts';
import { owed } from '#lib/domain/account/owed.ts';
import { project } from '#lib/domain/account/projection.ts';
import { dayToWaitFor, nextFriday, waiting } from '#lib/domain/account/waiting.ts';
import { addDays } from '#lib/domain/day.ts';

const timeline = timelineWith();
const story = historyOf(['2025-02-20 purchase 10000.00', '2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00']);

it('adds the interest and the fees that looking ahead finds, and nothing else', () => {
	for (let until = '2025-03-25'; until < '2025-06-05'; until = addDays(until, 3)) {
		const { added, interest, fees, total } = waiting(story, timeline, '2025-03-24', until);
		const then = project(story, timeline, '2025-03-24', 'nothing', until).days.at(-1)?.owed.totalOutstanding;
		expect({ total, sum: interest + fees }).toEqual({ total: then, sum: added });
	}
});

it('says when grace ends on the way: what is lost, and the late payment fee that arises', () => {
	const overFriday = waiting(story, timeline, '2025-03-24', '2025-03-28');
	expect(overFriday).toMatchObject({ days: 4, interest: 18_000, fees: 5_000, added: 23_000, total: 1_023_000 });
	expect(overFriday.events).toMatchObject([
		{ code: 'interest_free_period_lost', on: '2025-03-27', statementDate: '2025-03-05' },
		{ code: 'late_payment_fee', on: '2025-03-27', amount: 5_000 },
	]);
	expect(waiting(story, timeline, '2025-03-24', '2025-03-26')).toMatchObject({ added: 0, events: [] });
});

it('counts what statements to come will bill, never what earlier ones billed', () => {
	const postings = historyOf(['2025-04-05 interest 220.00', '2025-04-05 late_fee 50.00']).postings;
	const [later] = historyOf(['2025-04-05 due 2025-04-23 balance 10270.00 minimum 2270.00']).statements;
	if (!later) throw new Error('a statement');
	const behind = { ...story, statements: [...story.statements, later], postings: [...story.postings, ...postings] };
	// One day before and one after a statement that the core will print on 5 May.
	for (const until of ['2025-05-04', '2025-05-06']) {
		const { added, interest, fees } = waiting(behind, timeline, '2025-04-20', until);
		expect(interest + fees).toBe(added);
	}
});

it('counts a statement that is to be printed today from tomorrow on', () => {
	const until = waiting(story, timeline, '2025-04-05', '2025-04-06');
	expect(until.total).toBe(owed(story, timeline, '2025-04-05').totalOutstanding + until.added);
	expect(until.interest + until.fees).toBe(until.added);
});

it.each([
	['2026-11-20', '2026-11-27'],
	['2026-11-21', '2026-11-27'],
	['2026-11-26', '2026-11-27'],
	['2026-11-27', '2026-12-04'],
])('after %s the next Friday is %s', (today, friday) => {
	expect(nextFriday(today)).toBe(friday);
});

it('takes a day that exists, lies ahead and within 90 days; nothing else', () => {
	const today = '2026-11-20';
	expect(['2026-11-21', '2027-02-18'].map((day) => dayToWaitFor(day, today))).toEqual(['2026-11-21', '2027-02-18']);
	const refused = ['', 'soon', today, '2026-11-19', '2027-02-19', '2026-11-31', '2026-11-21T00:00'];
	expect(refused.map((day) => dayToWaitFor(day, today)).filter((day) => day !== undefined)).toEqual([]);
});
