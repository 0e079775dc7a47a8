import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCase } from '#lib/domain/account/case.ts';
import { CNY, CONVENTIONS, figures, policyWith, timelineWith } from '#lib/domain/account/history.fixture.ts';
import { latePaymentFee } from '#lib/domain/account/late-fee.ts';
import { policyBook } from '#lib/domain/account/policy-book.ts';
import { formatAmount, parseAmount } from '#lib/domain/money.ts';

interface PublishedInterest {
	name: string;
	convention: 'A' | 'B' | 'C';
	graceDays?: number;
	statementDate?: string;
	dueDate?: string;
	statementBalance?: string;
	minimumPaymentDue?: string;
	postings: [string, string, string][];
	asOf: string;
	unbilledInterest: string;
}

const read = (name: string) => readFileSync(new URL(`../../../../tests/examples/${name}`, import.meta.url), 'utf8');
const policies = policyBook(JSON.parse(read('policies.json')));
if (!policies) throw new Error('no policies');
const published = JSON.parse(read('published.json')) as {
	interest: PublishedInterest[];
	latePaymentFee: { minimum: string; paid: string; floor: string; fee: string }[];
};

describe('numbers that banks printed', () => {
	it.each(published.interest)('$name under convention $convention', (example) => {
		const { statementDate, dueDate = '', statementBalance = '', minimumPaymentDue = '' } = example;
		const lines = example.postings.map((posting) => posting.join(' '));
		if (statementDate)
			lines.push(`${statementDate} due ${dueDate} balance ${statementBalance} minimum ${minimumPaymentDue}`);
		const timeline = timelineWith({ ...CONVENTIONS[example.convention], graceDays: example.graceDays ?? 3 });
		expect(figures(lines, timeline, example.asOf).unbilledInterest).toBe(example.unbilledInterest);
	});

	it.each(published.latePaymentFee)(
		'a late payment fee of $fee on $minimum less $paid',
		({ minimum, paid, floor, fee }) => {
			const rules = policyWith({
				latePaymentFee: { rate: '0.05', minimum: floor, maximumPerPeriod: null },
			}).latePaymentFee;
			const shortfall = (parseAmount(minimum, CNY) ?? 0) - (parseAmount(paid, CNY) ?? 0);
			expect(formatAmount(latePaymentFee(rules, shortfall), CNY)).toBe(fee);
		},
	);
});

describe.each(['edge.jsonl', 'owed.jsonl'])('every line of %s', (name) => {
	const cases = read(name)
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as { id: string; expected: unknown });

	it('holds to the fen', () => {
		const wrong = cases.flatMap((line) => {
			const result = runCase(line, policies);
			const got = result.ok ? result.figures : result.problems;
			return JSON.stringify(got) === JSON.stringify(line.expected)
				? []
				: [{ id: line.id, expected: line.expected, got }];
		});
		expect(cases.length).toBeGreaterThan(20);
		expect(wrong).toEqual([]);
	});
});

describe('a core banking export', () => {
	/** Plain columns: these files quote nothing. */
	const rows = (name: string) => {
		const [header = '', ...lines] = read(`books/${name}.csv`).trim().split(/\r?\n/);
		const columns = header.split(',');
		return lines.map((line) => {
			const cells = line.split(',');
			return Object.fromEntries(columns.map((column, index) => [camel(column), cells[index] ?? '']));
		});
	};
	const camel = (column: string) => column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

	it('owes what the expected file says, account by account', () => {
		const [accounts, statements, postings] = [rows('accounts'), rows('statements'), rows('postings')];
		const expected = rows('expected');
		const got = expected.map(({ accountId, asOf }) => {
			const of = (list: typeof accounts) => list.filter((row) => row.accountId === accountId);
			const [account] = of(accounts);
			const result = runCase({ ...account, asOf, statements: of(statements), postings: of(postings) }, policies);
			if (!result.ok) return { accountId, problems: result.problems };
			return { accountId, asOf, ...result.figures, daysPastDue: String(result.figures.daysPastDue) };
		});
		expect(expected.length).toBeGreaterThan(100);
		expect(got).toEqual(expected);
	});
});
