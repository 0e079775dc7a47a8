import type { AccountHistory, Posting, PostingKind, Statement } from '#lib/domain/account/history.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { withStatement } from '#lib/domain/account/projection.ts';
import { addDays, addMonths, type Day, daysBetween } from '#lib/domain/day.ts';
import type { Currency, Minor } from '#lib/domain/money.ts';
import type { Part } from '#lib/server/demo/cast.ts';
import type { Random } from '#lib/server/demo/random.ts';

/** From a statement to its due date. */
const DAYS_TO_PAY = 20;

/** A card in arrears is blocked so many days after the due date that was missed. */
const BLOCKED_AFTER = 12;

const MONTHS_BEFORE = { least: 3, most: 7 };

/** An account's life up to today, as the core would have posted and printed it. */
export interface Life {
	readonly openedOn: Day;
	readonly history: AccountHistory;
}

/**
 * Makes up an account that turns out as its part says: months of purchases and payments, and then, where it is past
 * due, a due date missed so many days ago. Interest, late payment fees and statements are those of the engine itself,
 * so the book agrees with what the portal reckons.
 */
export function lifeOfAccount(
	part: Part,
	{ random, timeline, currency, today }: { random: Random; timeline: PolicyTimeline; currency: Currency; today: Day },
): Life {
	const missed = missedDueDate(part, random, today);
	const lastDue = missed ?? lastDueDate(random, today);
	const monthsBefore = random.whole(MONTHS_BEFORE.least, MONTHS_BEFORE.most);
	const book = new Book(part, random, currency);
	const statementDate = (month: number) => addMonths(addDays(lastDue, -DAYS_TO_PAY), month);
	let history: AccountHistory = { currency, statements: [], postings: [] };
	const lastDay = addDays(today, -(part.agreedDaysAgo ?? 0));
	for (let month = -monthsBefore; statementDate(month) <= lastDay; month++) {
		const from = addDays(statementDate(month - 1), 1);
		const until = statementDate(month);
		const blockedFrom = missed === undefined ? addDays(today, 1) : addDays(missed, BLOCKED_AFTER);
		const hasLargeThing = month === -monthsBefore || (missed !== undefined && month === 0);
		const posted = [
			...book.purchases(from, until < blockedFrom ? until : addDays(blockedFrom, -1), hasLargeThing),
			...book.payment(history, missed),
		];
		history = { ...history, postings: inOrder([...history.postings, ...posted]) };
		history = withStatement(history, timeline, { statementDate: until, dueDate: addMonths(lastDue, month) });
	}
	const tail = book.payment(history, missed).filter(({ postedOn }) => postedOn <= lastDay);
	history = { ...history, postings: inOrder([...history.postings, ...tail]) };
	return { openedOn: addDays(statementDate(-monthsBefore - 1), -random.whole(20, 900)), history };
}

/** A due date whose days past due are the bucket's, on a day of the month that every month has. */
function missedDueDate({ bucket, daysPastDue }: Part, random: Random, today: Day): Day | undefined {
	const months = Number(bucket.slice(1));
	if (months === 0) return undefined;
	// After the grace, and not so near the end of the bucket that tomorrow is another.
	const least = Math.max(5, months * 30 - 29);
	return findDay(today, daysPastDue ?? random.whole(least, months * 30 - 3), least, months * 30);
}

/** The newest due date of an account in order: in the days to come, or just paid. */
function lastDueDate(random: Random, today: Day): Day {
	return findDay(today, -random.whole(1, 14), -18, -1);
}

/** The day so many days before today, or the nearest within bounds that with its statement date is no 29th, 30th or 31st. */
function findDay(today: Day, daysAgo: number, least: number, most: number): Day {
	const isEveryMonths = (day: Day) => Number(day.slice(8)) <= 28;
	for (let step = 0; step <= most - least; step++) {
		for (const ago of [daysAgo - step, daysAgo + step]) {
			if (ago < least || ago > most) continue;
			const due = addDays(today, -ago);
			if (isEveryMonths(due) && isEveryMonths(addDays(due, -DAYS_TO_PAY))) return due;
		}
	}
	throw new Error(`no due date from ${String(least)} to ${String(most)} days before ${today}`);
}

/** Stable: within a day in the order in which it was posted. */
function inOrder(postings: readonly Posting[]): Posting[] {
	return [...postings].sort((a, b) => (a.postedOn < b.postedOn ? -1 : a.postedOn > b.postedOn ? 1 : 0));
}

/** What its holder does with one account. */
class Book {
	readonly #part: Part;
	readonly #random: Random;
	/** Minor units of one yuan, dollar, …. */
	readonly #major: number;

	constructor(part: Part, random: Random, currency: Currency) {
		this.#part = part;
		this.#random = random;
		this.#major = 10 ** currency.digits;
	}

	/** A month's purchases, now and then a refund, cash or a yearly fee, and where told so one large thing. */
	purchases(from: Day, until: Day, hasLargeThing: boolean): Posting[] {
		const days = daysBetween(from, until);
		if (days < 0) return [];
		const postings: Posting[] = [];
		const post = (kind: PostingKind, amount: Minor) => {
			postings.push({ postedOn: addDays(from, this.#random.whole(0, days)), kind, amount });
		};
		const count = this.#random.whole(4, 8);
		for (let each = 0; each < count; each++) post('purchase', this.#about(this.#part.monthly, count));
		if (hasLargeThing) post('purchase', this.#about(this.#part.monthly * 3));
		else if (this.#random.chance(8)) post('refund', this.#about(60));
		if (this.#random.chance(10)) post('cash_advance', this.#random.whole(1, 6) * 100 * this.#major);
		if (this.#random.chance(6)) post('fee', 20 * this.#major);
		return inOrder(postings);
	}

	/** What is paid towards the newest statement: all, the minimum, or, once a due date was missed, little or nothing. */
	payment({ statements }: AccountHistory, missed: Day | undefined): Posting[] {
		const newest = statements.at(-1);
		if (!newest || newest.minimumPaymentDue <= 0) return [];
		if (missed !== undefined && newest.dueDate >= missed) return this.#partPayment(newest, missed);
		const { dueDate, statementBalance, minimumPaymentDue } = newest;
		const amount = this.#part.habit === 'in_full' ? statementBalance : minimumPaymentDue;
		return [{ postedOn: addDays(dueDate, -this.#random.whole(0, 8)), kind: 'payment', amount }];
	}

	/** Sometimes a third of the minimum that was missed; never so much that it was met. */
	#partPayment({ dueDate, minimumPaymentDue }: Statement, missed: Day): Posting[] {
		if (dueDate !== missed || minimumPaymentDue < 3 || !this.#random.chance(35)) return [];
		return [{ postedOn: addDays(dueDate, -2), kind: 'payment', amount: Math.trunc(minimumPaymentDue / 3) }];
	}

	/** The so-manieth part of an amount in major units, from half of that to half as much again, to the minor unit. */
	#about(major: number, parts = 1): Minor {
		const middle = Math.trunc((major * this.#major) / parts);
		return this.#random.whole(Math.trunc(middle / 2), middle + Math.trunc(middle / 2));
	}
}
