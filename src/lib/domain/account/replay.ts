import { postDebit, settle } from '#lib/domain/account/allocation.ts';
import type { Entry } from '#lib/domain/account/allocation.ts';
import type { AccountState } from '#lib/domain/account/account-state.ts';
import type { AccountHistory, Posting, PostingKind, Statement } from '#lib/domain/account/history.ts';
import { creditMinimums, openStatement } from '#lib/domain/account/minimum-payment.ts';
import { isOver90DaysPastDue } from '#lib/domain/account/past-due.ts';
import type { AllocationKind } from '#lib/domain/account/policy.ts';
import { versionOn } from '#lib/domain/account/policy-timeline.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { standingOf } from '#lib/domain/account/statement-standing.ts';
import type { StatementStanding } from '#lib/domain/account/statement-standing.ts';
import { dayNumber } from '#lib/domain/day.ts';

interface DatedPosting extends Entry {
	readonly kind: PostingKind;
}

const WAIVED_INTEREST: readonly AllocationKind[] = ['interest'];
const WAIVED_FEES: readonly AllocationKind[] = ['fee'];

/**
 * Takes an account's statements and postings up to the end of a day (a day number), in order, and returns how they left
 * it. Everything later is ignored. The history is taken as it is: `contradictions` says beforehand whether it can be.
 */
export function replay(history: AccountHistory, timeline: PolicyTimeline, asOf: number): AccountState {
	const state: AccountState = {
		timeline,
		asOf,
		principal: { debits: [], head: 0 },
		interest: { debits: [], head: 0 },
		fee: { debits: [], head: 0 },
		statements: statementsUpTo(history.statements, timeline, asOf),
		credit: 0,
		lateFeePostedOn: -Infinity,
	};
	let day = -Infinity;
	let nextStatement = 0;
	let credits = 0;
	let order: readonly AllocationKind[] = [];
	let bearsLowerFrom = day;
	for (const entry of postingsUpTo(history.postings, asOf)) {
		if (entry.postedOn !== day) {
			nextStatement = closeDays(state, nextStatement, credits, day, entry.postedOn);
			credits = 0;
			day = entry.postedOn;
			const { policy } = versionOn(timeline, day);
			order = isOver90DaysPastDue(state, day) ? policy.allocation.over90Days : policy.allocation.upTo90Days;
			bearsLowerFrom = policy.paymentDayAtOldBalance ? day + 1 : day;
		}
		switch (entry.kind) {
			case 'payment':
			case 'refund':
				state.credit += settle(state, entry, order, bearsLowerFrom);
				credits += entry.amount;
				break;
			case 'waiver_interest':
				credits += entry.amount - settle(state, entry, WAIVED_INTEREST, bearsLowerFrom);
				break;
			case 'waiver_fee':
				credits += entry.amount - settle(state, entry, WAIVED_FEES, bearsLowerFrom);
				break;
			default:
				if (entry.kind === 'late_fee') state.lateFeePostedOn = day;
				postDebit(state, entry, entry.kind, state.statements[nextStatement]);
		}
	}
	closeDays(state, nextStatement, credits, day, Infinity);
	return state;
}

/** Ends a day with its credits, then opens the statements dated from it to before the next; returns the next to open. */
function closeDays(state: AccountState, first: number, credits: number, day: number, nextDay: number): number {
	const { statements } = state;
	if (credits > 0) creditMinimums(statements, credits, day);
	let next = first;
	for (let opening = statements[next]; opening && opening.date < nextDay; opening = statements[++next]) {
		openStatement(statements, opening);
	}
	return next;
}

function statementsUpTo(statements: readonly Statement[], timeline: PolicyTimeline, asOf: number): StatementStanding[] {
	let dated = statements;
	let newest = '';
	for (const { statementDate } of statements) {
		if (statementDate < newest) {
			dated = [...statements].sort((a, b) => (a.statementDate < b.statementDate ? -1 : 1));
			break;
		}
		newest = statementDate;
	}
	const standings: StatementStanding[] = [];
	for (const statement of dated) {
		const standing = standingOf(statement, standings.length, timeline);
		if (standing.date > asOf) break;
		standings.push(standing);
	}
	return standings;
}

/** By day; within a day in the order of the history. */
function postingsUpTo(postings: readonly Posting[], asOf: number): DatedPosting[] {
	const entries: DatedPosting[] = [];
	let newest = -Infinity;
	let sorted = true;
	let posting = -1;
	for (const { postedOn: day, kind, amount } of postings) {
		posting++;
		const postedOn = dayNumber(day);
		if (postedOn > asOf) continue;
		sorted &&= postedOn >= newest;
		newest = postedOn;
		entries.push({ posting, postedOn, kind, amount });
	}
	return sorted ? entries : entries.sort((a, b) => a.postedOn - b.postedOn);
}
