import type { AccountHistory } from '#lib/domain/account/history.ts';
import { type Owed, owed } from '#lib/domain/account/owed.ts';
import type { PolicyBook } from '#lib/domain/account/policy-book.ts';
import type { Day } from '#lib/domain/day.ts';
import { type Currency, currencyOf } from '#lib/domain/money.ts';
import {
	type AccountRow,
	findAccountRow,
	listAccountsOfCardholder,
	listPolicyRows,
} from '#lib/server/account/account.repository.ts';
import {
	type FaultyHistory,
	judgeHistory,
	policyBookOf,
	type SoundHistory,
} from '#lib/server/account/judge-history.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

interface Identified {
	readonly accountId: string;
	readonly cardholderId: string;
	readonly cardLast4: string;
	readonly currency: Currency;
	/** The sequence number of the newest posting, 0 where there is none: it grows whenever anything is posted. */
	readonly postingMark: number;
}

/** An account whose figures can be shown. */
export interface SoundAccount extends Identified, SoundHistory {}

/** An account of which something is wrong: its holder is told that it is being checked, and is shown no figure. */
export interface AccountBeingChecked extends Identified, FaultyHistory {}

/** An account with what the core told us of it. */
export type AccountState = SoundAccount | AccountBeingChecked;

/** The account with its whole history and its policy's versions. */
export async function findAccountState(db: DbOrTrx, accountId: string): Promise<AccountState | undefined> {
	return read(db, { accountId });
}

/** One account of somebody who may have several. */
export type OwnAccountState = AccountState & { readonly hasOthers: boolean };

/** The same for a cardholder: an account that is not theirs is not found. */
export async function findOwnAccountState(
	db: DbOrTrx,
	own: { accountId: string; cardholderId: string },
): Promise<OwnAccountState | undefined> {
	return read(db, own);
}

async function read(
	db: DbOrTrx,
	by: { accountId: string; cardholderId?: string },
): Promise<OwnAccountState | undefined> {
	const found = await findAccountRow(db, by);
	return found && { ...assembleAccount(found.row, policyBookOf(found.policies)), hasOthers: found.hasOthers };
}

/** All policies with their versions. */
export async function readPolicyBook(db: DbOrTrx): Promise<PolicyBook> {
	return policyBookOf(await listPolicyRows(db));
}

/** The account of a row under its policy; being checked where anything about it is at fault. */
export function assembleAccount(row: AccountRow, policies: PolicyBook): AccountState {
	const { accountId, cardholderId, cardLast4, postingMark } = row;
	const currency = currencyOf(row.currency);
	const history: AccountHistory = {
		currency,
		statements: row.statements.map(([statementDate, dueDate, statementBalance, minimumPaymentDue]) => ({
			statementDate,
			dueDate,
			statementBalance,
			minimumPaymentDue,
		})),
		postings: row.postings.map(([postedOn, kind, amount]) => ({ postedOn, kind, amount })),
	};
	return { accountId, cardholderId, cardLast4, currency, postingMark, ...judgeHistory(history, row, policies) };
}

/** What the account owes as of a day; undefined while it is being checked, for then no figure is to be trusted. */
export function readOwed(state: SoundAccount, asOf: Day): Owed;
export function readOwed(state: AccountState, asOf: Day): Owed | undefined;
export function readOwed(state: AccountState, asOf: Day): Owed | undefined {
	return state.beingChecked ? undefined : owed(state.history, state.timeline, asOf);
}

/** One line of a cardholder's choice of accounts. */
export interface AccountSummary {
	readonly accountId: string;
	readonly cardLast4: string;
	readonly currency: Currency;
}

/** A cardholder's accounts, by id. */
export async function listAccountsOf(db: DbOrTrx, cardholderId: string): Promise<AccountSummary[]> {
	const rows = await listAccountsOfCardholder(db, cardholderId);
	return rows.map((row) => ({ ...row, currency: currencyOf(row.currency) }));
}
