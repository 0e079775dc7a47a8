import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { CNY, CONVENTIONS, timelineWith } from '#lib/domain/account/history.fixture.ts';
import { isCredit, POSTING_KINDS } from '#lib/domain/account/history.ts';
import type { AccountHistory, Posting, Statement } from '#lib/domain/account/history.ts';
import { ledger } from '#lib/domain/account/ledger.ts';
import { owed } from '#lib/domain/account/owed.ts';
import { withPayment } from '#lib/domain/account/payoff.ts';
import { addDays, addMonths } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';

const OPENED = '2025-01-03';
const variants = [CONVENTIONS.A, CONVENTIONS.B, CONVENTIONS.C].flatMap((convention) => [
	convention,
	{ ...convention, interestBase: 'unpaid_part' },
	{ ...convention, compoundInterest: false, graceDays: 0, shortfallTolerance: '0.00' },
]);
const timeline = fc.constantFrom(...variants.map((variant) => timelineWith(variant)));
/** The same without the turn of the order on day 91. */
const unturning = fc.constantFrom(
	...variants.map((variant) => {
		const order = ['interest', 'fee', 'principal'];
		return timelineWith({ ...variant, allocation: { upTo90Days: order, over90Days: order } });
	}),
);

const amount = fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 3_000_000 }));
const posting = fc.record({
	postedOn: fc.integer({ min: 0, max: 240 }).map((days) => addDays(OPENED, days)),
	kind: fc.oneof(fc.constantFrom(...POSTING_KINDS), fc.constant('purchase' as const), fc.constant('payment' as const)),
	amount,
});

/** Monthly statements, whose grace may reach over the next; balances and minimums are anything a core might print. */
const statements = fc
	.record({
		first: fc.integer({ min: 0, max: 40 }).map((days) => addDays(OPENED, days)),
		dueAfter: fc.integer({ min: 5, max: 33 }),
		amounts: fc.array(
			fc.record({ balance: fc.integer({ min: -500, max: 3_000_000 }), share: fc.integer({ min: 0, max: 12 }) }),
			{
				maxLength: 6,
			},
		),
	})
	.map(({ first, dueAfter, amounts }) =>
		amounts.map(({ balance, share }, index): Statement => {
			const statementDate = addMonths(first, index);
			const minimumPaymentDue = Math.max(0, Math.floor((balance * share) / 10));
			return { statementDate, dueDate: addDays(statementDate, dueAfter), statementBalance: balance, minimumPaymentDue };
		}),
	);

const byDay = (a: Posting, b: Posting) => (a.postedOn < b.postedOn ? -1 : a.postedOn > b.postedOn ? 1 : 0);
const history = fc
	.record({ statements, postings: fc.array(posting, { maxLength: 16 }) })
	.map((account): AccountHistory => ({
		currency: CNY,
		statements: account.statements,
		postings: account.postings.sort(byDay),
	}));
const asOf = fc.integer({ min: 0, max: 300 }).map((days) => addDays(OPENED, days));

const lastStatementDate = ({ statements: all }: AccountHistory, upTo: Day) =>
	all.reduce((last, { statementDate }) => (statementDate <= upTo && statementDate > last ? statementDate : last), '');
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const runs = { numRuns: 400 };

it('opens every figure into lines that sum to it', () => {
	fc.assert(
		fc.property(history, timeline, asOf, (account, policy, day) => {
			const { figures, ...lines } = ledger(account, policy, day);
			expect(figures).toEqual(owed(account, policy, day));
			expect(sum(lines.principal.map(({ left }) => left))).toBe(figures.principal);
			expect(sum(lines.billedInterest.map(({ left }) => left))).toBe(figures.billedInterest);
			expect(sum(lines.billedFees.map(({ left }) => left))).toBe(figures.billedFees);
			expect(sum(lines.credits.map(({ left }) => left))).toBe(figures.credit);
			expect(sum(lines.unbilledInterest.map((line) => line.amount))).toBe(figures.unbilledInterest);
			expect(sum(lines.unbilledLateFees.map((line) => line.amount))).toBe(figures.unbilledLateFees);
			expect(sum(lines.dailyInterest.map((line) => line.amount))).toBe(figures.dailyInterest);
			const { unpaidIncrements, atMost } = lines.pastDue;
			expect(Math.max(0, Math.min(unpaidIncrements, atMost))).toBe(figures.pastDueAmount);
			const { principal, billedInterest, unbilledInterest, billedFees, unbilledLateFees, credit } = figures;
			const parts = principal + billedInterest + unbilledInterest + billedFees + unbilledLateFees - credit;
			expect(parts).toBe(figures.totalOutstanding);
		}),
		runs,
	);
});

it('accounts for every posting: a debit is met, settled or left, a credit settles, meets, is void or left', () => {
	fc.assert(
		fc.property(history, timeline, asOf, (account, policy, day) => {
			const lines = ledger(account, policy, day);
			const debits = [...lines.principal, ...lines.billedInterest, ...lines.billedFees];
			expect(debits.length + lines.credits.length).toBe(
				account.postings.filter(({ postedOn }) => postedOn <= day).length,
			);
			for (const { amount: whole, metByCredit, settlements, left } of debits) {
				expect(metByCredit + sum(settlements.map((line) => line.amount)) + left).toBe(whole);
			}
			for (const credit of lines.credits) {
				expect(credit.settled + credit.metLater + credit.void + credit.left).toBe(credit.amount);
			}
			const settled = debits.flatMap(({ settlements }) => settlements.map((line) => line.amount));
			expect(sum(settled)).toBe(sum(lines.credits.map((credit) => credit.settled)));
			expect(sum(debits.map(({ metByCredit }) => metByCredit))).toBe(
				sum(lines.credits.map((credit) => credit.metLater)),
			);
		}),
		runs,
	);
});

it('a payment today lowers today’s total by itself, or by more where it spares today’s interest', () => {
	fc.assert(
		fc.property(history, timeline, asOf, amount, (account, policy, day, paid) => {
			const before = owed(account, policy, day).totalOutstanding;
			const after = owed(withPayment(account, day, paid), policy, day).totalOutstanding;
			const { statementDayIncluded, paymentDayAtOldBalance } = policy.versions[0].policy;
			const onStatementDate = account.statements.some(({ statementDate }) => statementDate === day);
			if (statementDayIncluded && !paymentDayAtOldBalance && !onStatementDate)
				expect(after).toBeLessThanOrEqual(before - paid);
			else expect(after).toBe(before - paid);
		}),
		runs,
	);
});

it('a payment after the last statement lowers every later total by itself at least, where no credit follows it', () => {
	fc.assert(
		fc.property(history, timeline, asOf, amount, fc.nat(60), (account, policy, day, paid, daysBefore) => {
			const on = addDays(day, -daysBefore);
			fc.pre(on > lastStatementDate(account, day));
			const postings = account.postings.filter(({ kind, postedOn }) => postedOn < on || !isCredit(kind));
			const before = owed({ ...account, postings }, policy, day).totalOutstanding;
			const after = owed(withPayment({ ...account, postings }, on, paid), policy, day).totalOutstanding;
			expect(after).toBeLessThanOrEqual(before - paid);
		}),
		runs,
	);
});

it('so it does where payments and refunds follow, as long as the order of allocation does not turn', () => {
	fc.assert(
		fc.property(history, unturning, asOf, amount, fc.nat(60), (account, policy, day, paid, daysBefore) => {
			const on = addDays(day, -daysBefore);
			fc.pre(on > lastStatementDate(account, day));
			const postings = account.postings.filter(({ kind }) => !kind.startsWith('waiver'));
			const before = owed({ ...account, postings }, policy, day).totalOutstanding;
			const after = owed(withPayment({ ...account, postings }, on, paid), policy, day).totalOutstanding;
			expect(after).toBeLessThanOrEqual(before - paid);
		}),
		runs,
	);
});

it('a fen that ends the 91st day can cost more than a fen: it turns the order of the payment after it', () => {
	const account: AccountHistory = {
		currency: CNY,
		statements: [
			{ statementDate: '2025-03-05', dueDate: '2025-03-23', statementBalance: 15000_00, minimumPaymentDue: 1 },
		],
		postings: [
			{ postedOn: '2025-02-20', kind: 'purchase', amount: 10000_00 },
			{ postedOn: '2025-02-20', kind: 'fee', amount: 5000_00 },
			{ postedOn: '2025-07-01', kind: 'payment', amount: 5000_00 },
		],
	};
	const policy = timelineWith();
	const before = owed(account, policy, '2025-07-31').totalOutstanding;
	expect(owed(withPayment(account, '2025-06-30', 1), policy, '2025-07-31').totalOutstanding).toBeGreaterThan(before);
});

it('another day never lowers the interest, unless a statement bills it', () => {
	fc.assert(
		fc.property(history, timeline, asOf, (account, policy, day) => {
			const tomorrow = addDays(day, 1);
			fc.pre(account.statements.every(({ statementDate }) => statementDate !== tomorrow));
			const { unbilledInterest } = owed(account, policy, day);
			expect(owed(account, policy, tomorrow).unbilledInterest).toBeGreaterThanOrEqual(unbilledInterest);
		}),
		runs,
	);
});

it('a payment split in two on its day changes nothing, on day 91 neither', () => {
	fc.assert(
		fc.property(history, timeline, asOf, fc.nat(), fc.nat(), (account, policy, day, which, at) => {
			const payments = account.postings.filter((entry) => entry.kind === 'payment' && entry.amount > 1);
			const whole = payments[which % Math.max(1, payments.length)];
			fc.pre(whole !== undefined);
			const part = 1 + (at % (whole.amount - 1));
			const postings = account.postings.flatMap((entry) =>
				entry === whole
					? [
							{ ...entry, amount: part },
							{ ...entry, amount: entry.amount - part },
						]
					: [entry],
			);
			expect(owed({ ...account, postings }, policy, day)).toEqual(owed(account, policy, day));
		}),
		runs,
	);
});

it('the order of import changes nothing, as long as a day’s postings keep theirs', () => {
	fc.assert(
		fc.property(history, timeline, asOf, fc.func(fc.nat()), (account, policy, day, rank) => {
			const days = [...new Set(account.postings.map(({ postedOn }) => postedOn))];
			days.sort((a, b) => rank(a) - rank(b));
			const postings = days.flatMap((on) => account.postings.filter(({ postedOn }) => postedOn === on));
			const shuffled = account.statements.toSorted((a, b) => rank(a.statementDate) - rank(b.statementDate));
			expect(owed({ ...account, postings, statements: shuffled }, policy, day)).toEqual(owed(account, policy, day));
		}),
		runs,
	);
});

it('postings and statements after the day change nothing', () => {
	fc.assert(
		fc.property(history, timeline, asOf, (account, policy, day) => {
			const statementsSoFar = account.statements.filter(({ statementDate }) => statementDate <= day);
			const postings = account.postings.filter(({ postedOn }) => postedOn <= day);
			const soFar = { ...account, statements: statementsSoFar, postings };
			expect(owed(soFar, policy, day)).toEqual(owed(account, policy, day));
		}),
		runs,
	);
});

const zone = process.env.TZ;
afterEach(() => {
	if (zone === undefined) delete process.env.TZ;
	else process.env.TZ = zone;
});

it('owes the same wherever the machine stands', () => {
	fc.assert(
		fc.property(history, timeline, asOf, (account, policy, day) => {
			const answers = ['Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'Europe/Lisbon'].map((name) => {
				process.env.TZ = name;
				return JSON.stringify([owed(account, policy, day), ledger(account, policy, day).statements]);
			});
			expect(new Set(answers).size).toBe(1);
		}),
		{ numRuns: 100 },
	);
});
