import { expect, it } from 'vitest';
import { policyBook } from '#lib/domain/account/policy-book.ts';
import { rangeAccounts } from '#lib/server/account/range-accounts.ts';

const policies = policyBook([]);
const read = (rows: { accounts: string; statements: string; postings: string }) => {
	if (!policies) throw new Error('no book');
	return [...rangeAccounts({ ...rows, refused: new Map() }, policies)];
};

it("gives each account its own rows, though one id begins another's", () => {
	const accounts = 'A\tCNY\tnone\t2025-01-01\nAB\tCNY\tnone\t2025-01-01\nB\\\\C\tJPY\tnone\t2025-01-01\n';
	const statements = 'AB\t2025-02-05\t2025-02-25\t-5\t0\n';
	const postings = 'A\t1\t2025-01-02\tfee\t7\nB\\\\C\t2\t2025-01-03\tfee\t9\n';
	const found = read({ accounts, statements, postings });
	expect(found.map(({ accountId, currency }) => [accountId, currency.code])).toEqual([
		['A', 'CNY'],
		['AB', 'CNY'],
		['B\\C', 'JPY'],
	]);
	expect(() => read({ accounts: '', statements, postings })).toThrow('not in the range');
});

it('takes postings in the order of the file, whatever the order of their keys', () => {
	const terms = {
		code: 'p',
		dailyInterestRate: '0.0005',
		interestBase: 'full_statement',
		statementDayIncluded: false,
		paymentDayAtOldBalance: false,
		compoundInterest: true,
		graceDays: 3,
		shortfallTolerance: '0.00',
		latePaymentFee: { rate: '0.05', minimum: '0.00', maximumPerPeriod: null },
		allocation: { upTo90Days: ['interest', 'fee', 'principal'], over90Days: ['principal', 'interest', 'fee'] },
	};
	const book = policyBook([terms]);
	if (!book) throw new Error('no book');
	const [account] = rangeAccounts(
		{
			accounts: 'A\tCNY\tp\t2025-01-01\n',
			statements: 'A\t2025-02-05\t2025-02-25\t-123\t0\n',
			postings: 'A\t12\t2025-01-02\tpayment\t2\nA\t3\t2025-01-02\tfee\t1\nA\t13\t2025-01-02\tinterest\t3\n',
			refused: new Map(),
		},
		book,
	);
	if (!account || account.beingChecked) throw new Error(JSON.stringify(account));
	expect(account.history.postings.map(({ kind, amount }) => [kind, amount])).toEqual([
		['fee', 1],
		['payment', 2],
		['interest', 3],
	]);
	expect(account.history.statements).toEqual([
		{ statementDate: '2025-02-05', dueDate: '2025-02-25', statementBalance: -123, minimumPaymentDue: 0 },
	]);
});
