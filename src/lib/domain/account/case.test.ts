import { expect, it } from 'vitest';
import { runCase } from '#lib/domain/account/case.ts';
import { policyBook } from '#lib/domain/account/policy-book.ts';

const order = ['interest', 'fee', 'principal'];
const book = policyBook([
	{
		code: 'plain',
		dailyInterestRate: '0.001',
		interestBase: 'full_statement',
		statementDayIncluded: false,
		paymentDayAtOldBalance: false,
		compoundInterest: true,
		graceDays: 0,
		shortfallTolerance: '0.00',
		latePaymentFee: { rate: '0.05', minimum: '0.00', maximumPerPeriod: null },
		allocation: { upTo90Days: order, over90Days: order },
	},
	{ code: 'broken' },
]);
if (!book) throw new Error('no book');
const line = {
	id: 'one',
	policy: 'plain',
	asOf: '2025-03-11',
	statements: [],
	postings: [{ postedOn: '2025-03-01', kind: 'cash_advance', amount: '1000.00' }],
};

it('a line gives its figures, in the order of the keys that stay put', () => {
	const result = runCase(line, book);
	expect(JSON.stringify(result.ok && result.figures)).toBe(
		'{"principal":"1000.00","billedInterest":"0.00","unbilledInterest":"10.00","billedFees":"0.00",' +
			'"unbilledLateFees":"0.00","credit":"0.00","totalOutstanding":"1010.00","pastDueAmount":"0.00",' +
			'"daysPastDue":0,"delinquencyBucket":"M0","dailyInterest":"1.00"}',
	);
});

it('a line in another currency is reckoned in its digits', () => {
	const yen = {
		...line,
		currency: 'JPY',
		postings: [{ postedOn: '2025-03-01', kind: 'cash_advance', amount: '1000' }],
	};
	expect(runCase(yen, book)).toMatchObject({ ok: true, figures: { principal: '1000', totalOutstanding: '1010' } });
	expect(runCase({ ...line, currency: 'JPY' }, book)).toMatchObject({
		ok: false,
		problems: [{ problem: 'not_an_amount', record: 'posting', index: 0, field: 'amount' }],
	});
});

it.each<[string, unknown, readonly unknown[]]>([
	['not an object', 7, [{ problem: 'not_an_object', field: '' }]],
	['a currency without digits', { ...line, currency: 'ZZZ' }, [{ problem: 'unknown_currency', field: 'currency' }]],
	['a bad day', { ...line, asOf: '2025-02-29' }, [{ problem: 'not_a_day', field: 'asOf' }]],
	['an unknown policy', { ...line, policy: 'other' }, [{ ok: false, problem: 'unknown_policy' }]],
	[
		'no list of statements',
		{ ...line, statements: null },
		[{ problem: 'not_a_list', record: 'statement', index: 0, field: 'statements' }],
	],
	[
		'wrong fields, every one of them',
		{ ...line, postings: [...line.postings, { postedOn: '2025-3-1', kind: 'gift', amount: 5 }] },
		[
			{ problem: 'not_a_day', record: 'posting', index: 1, field: 'postedOn' },
			{ problem: 'unknown_kind', record: 'posting', index: 1, field: 'kind' },
			{ problem: 'not_an_amount', record: 'posting', index: 1, field: 'amount' },
		],
	],
	[
		'a contradiction',
		{
			...line,
			statements: [
				{ statementDate: '2025-03-05', dueDate: '2025-03-04', statementBalance: '1.00', minimumPaymentDue: '1.00' },
			],
		},
		[{ code: 'due_before_statement_date', record: 'statement', index: 0, day: '2025-03-05' }],
	],
])('a line with %s is refused by name, never with a figure', (_, json, problems) => {
	expect(runCase(json, book)).toEqual({ ok: false, problems });
});

it('a line under a policy that is not one says what is missing from it', () => {
	expect(runCase({ ...line, policy: 'broken' }, book)).toMatchObject({
		ok: false,
		problems: [{ problem: 'bad_policy' }],
	});
});
