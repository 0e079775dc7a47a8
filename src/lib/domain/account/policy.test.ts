import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CNY, policyWith } from '#lib/domain/account/history.fixture.ts';
import { parsePolicy } from '#lib/domain/account/parse-policy.ts';
import { policyBook } from '#lib/domain/account/policy-book.ts';
import { policyTimeline, versionOn } from '#lib/domain/account/policy-timeline.ts';
import { dayNumber } from '#lib/domain/day.ts';
import { currencyOf } from '#lib/domain/money.ts';

const plain = JSON.parse(
	readFileSync(new URL('../../../../tests/examples/policies.json', import.meta.url), 'utf8'),
) as Record<string, unknown>[];
const [standard = {}] = plain;

describe('a policy', () => {
	it('is read with every switch, as exact values', () => {
		const unpaidPart = plain.find(({ code }) => code === 'cn-unpaid-part');
		expect(parsePolicy({ ...unpaidPart, minimumPaymentRate: '0.05' }, CNY)).toEqual({
			ok: true,
			policy: {
				code: 'cn-unpaid-part',
				dailyInterestRate: { numerator: 5, denominator: 10_000 },
				interestBase: 'unpaid_part',
				statementDayIncluded: false,
				paymentDayAtOldBalance: false,
				compoundInterest: true,
				graceDays: 3,
				shortfallTolerance: 1000,
				latePaymentFee: { rate: { numerator: 5, denominator: 100 }, minimum: 0, maximumPerPeriod: 50000 },
				allocation: {
					upTo90Days: ['interest', 'fee', 'principal'],
					over90Days: ['principal', 'interest', 'fee'],
				},
				minimumPaymentRate: { numerator: 5, denominator: 100 },
			},
		});
	});

	it('asks for a tenth of the principal where it names no minimum rate', () => {
		expect(policyWith().minimumPaymentRate).toEqual({ numerator: 1, denominator: 10 });
	});

	it('names every problem by its field', () => {
		const wrong = {
			...standard,
			dailyInterestRate: 0.0005,
			interestBase: 'all',
			graceDays: 2.5,
			shortfallTolerance: '10.005',
			latePaymentFee: { rate: '5%', minimum: '10.00' },
			allocation: { upTo90Days: ['interest', 'fee', 'fee'], over90Days: ['principal', 'interest', 'fee'] },
			currency: 'JPY',
			compoundInterest: undefined,
		};
		expect(parsePolicy(wrong, CNY)).toEqual({
			ok: false,
			problems: [
				{ field: 'dailyInterestRate', problem: 'not_a_rate' },
				{ field: 'interestBase', problem: 'not_a_choice' },
				{ field: 'compoundInterest', problem: 'missing' },
				{ field: 'graceDays', problem: 'not_a_count' },
				{ field: 'shortfallTolerance', problem: 'not_an_amount' },
				{ field: 'latePaymentFee.rate', problem: 'not_a_rate' },
				{ field: 'latePaymentFee.maximumPerPeriod', problem: 'missing' },
				{ field: 'allocation.upTo90Days', problem: 'not_a_choice' },
				{ field: 'currency', problem: 'other_currency' },
			],
		});
		expect(parsePolicy(null, CNY).ok).toBe(false);
	});

	it('means ten units by "10.00" in a currency of 0 or 3 digits too, and loses nothing', () => {
		expect(policyWith({}, currencyOf('JPY')).shortfallTolerance).toBe(10);
		expect(policyWith({}, currencyOf('KWD')).shortfallTolerance).toBe(10_000);
		expect(parsePolicy({ ...standard, shortfallTolerance: '10.50' }, currencyOf('JPY')).ok).toBe(false);
	});
});

describe('a policy’s versions', () => {
	const policy = policyWith();

	it('rule from their effective day on, whatever their order in the file', () => {
		const built = policyTimeline([
			{ policy: policyWith({ code: 'later' }), effectiveOn: '2025-04-01' },
			{ policy: policyWith({ code: 'first' }), effectiveOn: '2025-01-01' },
		]);
		if (!built.ok) throw new Error(built.problem.problem);
		const codeOn = (day: string) => versionOn(built.timeline, dayNumber(day)).policy.code;
		expect(['2024-12-31', '2025-03-31', '2025-04-01'].map(codeOn)).toEqual(['first', 'first', 'later']);
	});

	it('are refused where two stand on one day, or on a day that does not exist, or where there is none', () => {
		const on = (effectiveOn: string | undefined) => ({ policy, effectiveOn });
		const problem = (...days: (string | undefined)[]) => {
			const built = policyTimeline(days.map(on));
			return built.ok ? undefined : built.problem;
		};
		expect(problem('2025-04-01', '2025-01-01', '2025-04-01')).toEqual({
			problem: 'two_policies_on_one_day',
			effectiveOn: '2025-04-01',
		});
		expect(problem(undefined, undefined)).toEqual({ problem: 'two_policies_on_one_day', effectiveOn: '' });
		expect(problem('2025-02-30')).toEqual({ problem: 'not_a_day', effectiveOn: '2025-02-30' });
		expect(problem()).toEqual({ problem: 'no_policy' });
	});

	it('are refused where their rates have no common denominator that is a safe integer', () => {
		const rates = ['1/999999937', '1/999999929', '0.0001'];
		const built = policyTimeline(
			rates.map((dailyInterestRate, index) => ({
				policy: policyWith({ dailyInterestRate }),
				effectiveOn: `2025-01-0${String(index + 1)}`,
			})),
		);
		expect(built).toEqual({ ok: false, problem: { problem: 'rates_too_fine' } });
	});
});

describe('a policy file', () => {
	it('holds policies by code, and several entries of one code as its versions', () => {
		const book = policyBook([...plain, { ...standard, effectiveOn: '2026-01-01', graceDays: 5 }]);
		const found = book?.timelineOf('cn-standard', CNY);
		expect(
			found?.ok && found.timeline.versions.map(({ effectiveOn, policy }) => [effectiveOn, policy.graceDays]),
		).toEqual([
			[undefined, 3],
			['2026-01-01', 5],
		]);
		expect(book?.timelineOf('elsewhere', CNY)).toEqual({ ok: false, problem: 'unknown_policy' });
	});

	it('says what is wrong with the policy that was asked for, and is none where it is not a list of policies', () => {
		const book = policyBook([standard, { ...standard, graceDays: 5 }]);
		expect(book?.timelineOf('cn-standard', CNY)).toEqual({
			ok: false,
			problem: 'bad_policy',
			details: [{ problem: 'two_policies_on_one_day', effectiveOn: '' }],
		});
		expect([policyBook({}), policyBook([null]), policyBook([{}])]).toEqual([undefined, undefined, undefined]);
	});
});
