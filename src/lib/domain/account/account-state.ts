import type { Debit, DebitKind } from '#lib/domain/account/debit.ts';
import type { AllocationKind } from '#lib/domain/account/policy.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import type { StatementStanding } from '#lib/domain/account/statement-standing.ts';
import type { Minor } from '#lib/domain/money.ts';

/** Debits of one kind, oldest first; those before `head` are settled. */
export interface DebitQueue {
	readonly debits: Debit[];
	head: number;
}

/** An account as its postings and statements up to a day left it. */
export interface AccountState {
	readonly timeline: PolicyTimeline;
	/** The day number up to which everything was taken. */
	readonly asOf: number;
	readonly principal: DebitQueue;
	readonly interest: DebitQueue;
	readonly fee: DebitQueue;
	/** Statements by date, the oldest first. */
	readonly statements: StatementStanding[];
	/** What credits left over. */
	credit: Minor;
	/** The day of the newest late payment fee. */
	lateFeePostedOn: number;
}

/** The kind under which a debit is settled. */
export function allocationKindOf(kind: DebitKind): AllocationKind {
	if (kind === 'purchase' || kind === 'cash_advance') return 'principal';
	return kind === 'interest' ? 'interest' : 'fee';
}

/** The newest statement, if there is one. */
export function lastStatement(state: AccountState): StatementStanding | undefined {
	return state.statements[state.statements.length - 1];
}

/** What is left of a kind of debit; with a last day, only of what was posted up to it. */
export function leftOf(queue: DebitQueue, postedUpTo = Infinity): Minor {
	let left = 0;
	for (let index = queue.head; index < queue.debits.length; index++) {
		const debit = queue.debits[index];
		if (debit && debit.postedOn <= postedUpTo) left += debit.left;
	}
	return left;
}
