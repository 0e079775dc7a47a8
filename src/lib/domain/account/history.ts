import type { Day } from '#lib/domain/day.ts';
import type { Currency, Minor } from '#lib/domain/money.ts';

/** Every kind of posting, with the kind of debit that it opens or the part that a credit plays. */
export const POSTING_KINDS = [
	'purchase',
	'cash_advance',
	'interest',
	'fee',
	'late_fee',
	'payment',
	'refund',
	'waiver_interest',
	'waiver_fee',
] as const;

export type PostingKind = (typeof POSTING_KINDS)[number];

/** A statement as the core printed it; the balance may be below nought (a credit balance). */
export interface Statement {
	readonly statementDate: Day;
	readonly dueDate: Day;
	readonly statementBalance: Minor;
	readonly minimumPaymentDue: Minor;
}

/** One posting; the amount is above nought and the kind says whether it is a debit or a credit. */
export interface Posting {
	readonly postedOn: Day;
	readonly kind: PostingKind;
	readonly amount: Minor;
}

/**
 * What the core knows of an account, from a zero balance on. Statements may stand in any order; postings are taken by
 * day, and within a day in the order in which they stand here.
 */
export interface AccountHistory {
	readonly currency: Currency;
	readonly statements: readonly Statement[];
	readonly postings: readonly Posting[];
}

/** Whether the text names a kind of posting. */
export function isPostingKind(text: unknown): text is PostingKind {
	return (POSTING_KINDS as readonly unknown[]).includes(text);
}

/** Whether a posting of this kind lowers what is owed. */
export function isCredit(kind: PostingKind): boolean {
	return kind === 'payment' || kind === 'refund' || kind === 'waiver_interest' || kind === 'waiver_fee';
}
