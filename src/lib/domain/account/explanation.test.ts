import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explanation, MONTHS_TOLD } from '#lib/domain/account/explanation.ts';
import type { Explanation } from '#lib/domain/account/explanation.ts';
import type { Step } from '#lib/domain/account/explanation-step.ts';
import {
	CNY,
	CONVENTIONS,
	historyOf,
	policyWith,
	timelineOf,
	timelineWith,
} from '#lib/domain/account/history.fixture.ts';
import type { AccountHistory } from '#lib/domain/account/history.ts';
import { owed } from '#lib/domain/account/owed.ts';
import { parseHistory } from '#lib/domain/account/parse-history.ts';
import { policyBook } from '#lib/domain/account/policy-book.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { addDays } from '#lib/domain/day.ts';

const read = (name: string) => readFileSync(new URL(`../../../../tests/examples/${name}`, import.meta.url), 'utf8');
const sum = (steps: readonly { amount: number }[]) => steps.reduce((total, { amount }) => total + amount, 0);
const withCode = <Code extends Step['code']>({ months }: Explanation, code: Code) =>
	months.flatMap(({ steps }) => steps).filter((step): step is Extract<Step, { code: Code }> => step.code === code);

/** ¥10,000 bought on 20 February, the statement of 5 March not paid by 26 March, nor that of 5 April. */
const story = historyOf([
	'2025-02-20 purchase 10000.00',
	'2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00',
	'2025-03-20 payment 400.00',
	'2025-04-05 interest 216.80',
	'2025-04-05 late_fee 30.00',
	'2025-04-05 due 2025-04-23 balance 9846.80 minimum 1806.80',
]);

/** What must hold of any account on any day: nothing is told that does not add up. */
function expectToAddUp(history: AccountHistory, timeline: PolicyTimeline, asOf: string): void {
	const told = explanation(history, timeline, asOf);
	const { totalOutstanding } = owed(history, timeline, asOf);
	const moved = (movements: object) =>
		Object.values(movements).reduce<number>((all, amount) => all + Number(amount), 0);
	let total = told.opening.total;
	const odd = told.days.filter((day) => {
		total += day.change;
		return sum(day.steps) !== day.change || total !== day.total;
	});
	const oddMonths = told.months.filter(
		({ steps, change, movements }) => sum(steps) !== change || moved(movements) !== change,
	);
	expect({ odd, oddMonths }).toEqual({ odd: [], oddMonths: [] });
	const ends = [told.total, total, told.opening.total + moved(told.movements)];
	expect(ends).toEqual([totalOutstanding, totalOutstanding, totalOutstanding]);
}

describe('what is told adds up to what is shown', () => {
	const policies = policyBook(JSON.parse(read('policies.json')));
	const lines = (name: string) =>
		read(name)
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as Record<string, unknown>);
	const cases = [...lines('edge.jsonl'), ...lines('owed.jsonl').filter((_line, index) => index % 6 === 0)];

	it('day by day, month by month and by kind, for the worked cases', { timeout: 60_000 }, () => {
		expect(cases.length).toBeGreaterThan(90);
		for (const [index, line] of cases.entries()) {
			const inline = typeof line['policy'] === 'object' ? policyBook([line['policy']]) : policies;
			const code = inline === policies ? String(line['policy']) : [...(inline?.codes ?? [])][0];
			const found = inline?.timelineOf(code ?? '', CNY);
			const parsed = parseHistory(line, CNY);
			if (!found?.ok || !parsed.ok) throw new Error(`case ${String(index)}`);
			expectToAddUp(parsed.history, found.timeline, String(line['asOf']));
		}
	});

	it.each(Object.entries(CONVENTIONS))('on every day of a story under convention %s', (_name, convention) => {
		for (const base of ['full_statement', 'unpaid_part']) {
			const timeline = timelineWith({ ...convention, interestBase: base });
			for (let day = '2025-02-19'; day < '2025-05-10'; day = addDays(day, 2)) expectToAddUp(story, timeline, day);
		}
	});

	it('where the policy changes its rate and its convention in the middle', () => {
		const later = policyWith({ ...CONVENTIONS.B, dailyInterestRate: '0.0004' });
		const timeline = timelineOf([undefined, policyWith()], ['2025-04-15', later]);
		for (let day = '2025-04-10'; day < '2025-05-10'; day = addDays(day, 1)) expectToAddUp(story, timeline, day);
	});
});

describe('the steps of an account that fell behind', () => {
	const told = explanation(story, timelineWith(), '2025-05-01');

	it('says which statement lost its interest-free period, when, and what its purchases bore from their posting', () => {
		expect(withCode(told, 'interest_free_period_lost')).toMatchObject([
			{
				on: '2025-03-27',
				statementDate: '2025-03-05',
				graceEndsOn: '2025-03-26',
				statementBalance: 1_000_000,
				creditedInTime: 40_000,
				parts: [
					{ balance: 1_000_000, from: '2025-02-20', to: '2025-03-19', days: 28, amount: 14_000 },
					{ balance: 960_000, from: '2025-03-20', to: '2025-03-26', days: 7, amount: 3_360 },
				],
				amount: 17_360,
			},
		]);
	});

	it('says each late payment fee with its base, and which bound made it', () => {
		expect(withCode(told, 'late_payment_fee')).toMatchObject([
			{ on: '2025-04-27', minimumPaymentDue: 180_680, paid: 0, shortfall: 180_680, amount: 9_034, bound: undefined },
			{
				on: '2025-03-27',
				minimumPaymentDue: 100_000,
				paid: 40_000,
				shortfall: 60_000,
				amount: 3_000,
				bound: undefined,
			},
		]);
		const floor = explanation(
			story,
			timelineWith({ latePaymentFee: { rate: '0.05', minimum: '50.00', maximumPerPeriod: '80.00' } }),
			'2025-05-01',
		);
		expect(withCode(floor, 'late_payment_fee').map(({ bound, amount }) => [bound, amount])).toEqual([
			['maximum', 8_000],
			['minimum', 5_000],
		]);
	});

	it('counts interest once: what a statement bills was counted day by day before', () => {
		expect(withCode(told, 'billed').at(0)).toMatchObject({
			on: '2025-04-05',
			interest: { posted: 21_680, counted: 21_680 },
			lateFees: { posted: 3_000, counted: 3_000 },
			amount: 0,
		});
	});

	it('tells days with the same interest as one step, balance × rate × days', () => {
		const april = told.months.find(({ month }) => month === '2025-04');
		expect(april?.steps.filter(({ code }) => code === 'interest')).toMatchObject([
			{ firstOn: '2025-04-06', on: '2025-04-30', days: 25, balance: 981_680, amount: 12_271 },
			{ firstOn: '2025-04-01', on: '2025-04-05', days: 5, balance: 960_000, amount: 2_400 },
		]);
	});

	it('says what a payment settled, kind by kind', () => {
		const paid = historyOf(['2025-04-10 payment 500.00']).postings;
		const after = explanation({ ...story, postings: [...story.postings, ...paid] }, timelineWith(), '2025-05-01');
		const [step] = withCode(after, 'posted');
		expect(step).toMatchObject({ kind: 'payment', amount: -50_000 });
		expect(step?.settled).toEqual({ interest: 21_680, fee: 3_000, principal: 25_320, over: 0 });
	});

	it('says why today is more than yesterday', () => {
		expect(explanation(story, timelineWith(), '2025-03-27').today).toMatchObject({
			change: 20_360,
			steps: [{ code: 'interest_free_period_lost' }, { code: 'late_payment_fee' }],
		});
		expect(told.today).toMatchObject({ change: 491, steps: [{ code: 'interest', balance: 981_680, days: 1 }] });
	});
});

it('names the version of the policy by its effective day, and the day on which it began to rule', () => {
	const timeline = timelineOf([undefined, policyWith()], ['2025-04-15', policyWith({ dailyInterestRate: '0.0004' })]);
	const told = explanation(story, timeline, '2025-05-01');
	expect(withCode(told, 'policy_changed')).toMatchObject([{ on: '2025-04-15', amount: 0 }]);
	const effective = withCode(told, 'interest').map(({ firstOn, policyEffectiveOn }) => [firstOn, policyEffectiveOn]);
	expect(effective).toContainEqual(['2025-04-16', '2025-04-15']);
	expect(effective).toContainEqual(['2025-04-06', undefined]);
});

it('tells many purchases of a month as one step, and few by themselves', () => {
	const shopping = historyOf([1, 2, 3, 4].map((day) => `2025-03-0${String(day)} purchase 25.00`));
	const [months, fewer] = [shopping, { ...shopping, postings: shopping.postings.slice(1) }].map(
		(history) => explanation(history, timelineWith(), '2025-03-10').months,
	);
	expect(months?.[0]?.steps).toMatchObject([{ count: 4, firstOn: '2025-03-01', on: '2025-03-04', amount: 10_000 }]);
	expect(fewer?.[0]?.steps).toHaveLength(3);
});

it('tells the newest months one by one, and what was before them as one sum', () => {
	const old = historyOf(['2019-01-15 cash_advance 100.00']);
	const told = explanation(old, timelineWith(), '2025-05-20');
	expect(told.months).toHaveLength(MONTHS_TOLD);
	expect(told.opening).toMatchObject({ before: '2024-06-01' });
	expectToAddUp(old, timelineWith(), '2025-05-20');
});
