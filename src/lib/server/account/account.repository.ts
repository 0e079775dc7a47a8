import { type RawBuilder, sql } from 'kysely';
import type { PostingKind } from '#lib/domain/account/history.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { KEPT_PLAN } from '#lib/server/db/kept-plan.ts';

/** One account with its whole history, as the database holds it. */
export interface AccountRow {
	readonly accountId: string;
	readonly cardholderId: string;
	readonly cardLast4: string;
	readonly currency: string;
	readonly policyCode: string;
	readonly openedOn: Day;
	/** Statement date, due date, statement balance, minimum payment due; by date. */
	readonly statements: readonly (readonly [Day, Day, Minor, Minor])[];
	/** Posted on, kind, amount; in file order. */
	readonly postings: readonly (readonly [Day, PostingKind, Minor])[];
	readonly postingMark: number;
	readonly refusedRows: readonly { readonly file: string; readonly line: number; readonly reason: string }[];
}

/** One version of a policy; without `effectiveOn` it holds from the beginning. */
export interface PolicyRow {
	readonly code: string;
	readonly effectiveOn?: Day;
	readonly terms: object;
}

/** The day under which a policy is kept that holds from the beginning; the first that a day can be. */
const FROM_THE_BEGINNING = '1900-01-01';

/** One account's row with what goes with it, read in one way to the database. */
export interface WholeAccountRow {
	readonly row: AccountRow;
	/** The versions of its policy, the oldest first. */
	readonly policies: readonly PolicyRow[];
	/** Whether its cardholder has another. */
	readonly hasOthers: boolean;
}

/** The account, or nothing where it is not this cardholder's (any cardholder's, where none is given). */
export async function findAccountRow(
	db: DbOrTrx,
	by: { accountId: string; cardholderId?: string },
): Promise<WholeAccountRow | undefined> {
	const owner = by.cardholderId === undefined ? sql`` : sql`and a.cardholder_id = ${by.cardholderId}`;
	const { rows } = await sql<AccountRow & { versions: readonly (readonly [Day, object])[]; hasOthers: boolean }>`
		select ${COLUMNS}, coalesce(v.versions, '[]') as versions,
			exists (select from account other where other.cardholder_id = a.cardholder_id and other.id <> a.id) as "hasOthers"
		from account a ${HISTORY}
		left join lateral (
			select json_agg(json_build_array(effective_on, terms) order by effective_on) as versions
			from policy where code = a.policy_code) v on true
		where a.id = ${by.accountId} ${owner} ${KEPT_PLAN}`.execute(db);
	const [found] = rows;
	if (!found) return undefined;
	const { versions, hasOthers, ...row } = found;
	const policies = versions.map(([effectiveOn, terms]) => policyRow(row.policyCode, effectiveOn, terms));
	return { row, policies, hasOthers };
}

/** So many accounts after an id, in the database's order of ids. */
export async function listAccountRowsAfter(db: DbOrTrx, afterId: string, limit: number): Promise<AccountRow[]> {
	return selectAccounts(db, sql`where a.id > ${afterId} order by a.id limit ${limit}`);
}

/** The accounts of these ids, in the order of ids; one that is not there is left out. */
export async function listAccountRowsOf(db: DbOrTrx, accountIds: readonly string[]): Promise<AccountRow[]> {
	if (accountIds.length === 0) return [];
	return selectAccounts(db, sql`where a.id = any(${accountIds}) order by a.id`);
}

/** One row an account, its history as JSON arrays: a statement or posting costs no row of its own on the way. */
const COLUMNS = sql`a.id as "accountId", a.cardholder_id as "cardholderId", a.card_last4 as "cardLast4", a.currency,
			a.policy_code as "policyCode", a.opened_on as "openedOn",
			coalesce(s.statements, '[]') as statements,
			coalesce(p.postings, '[]') as postings, coalesce(p.mark, 0) as "postingMark",
			coalesce(r.rows, '[]') as "refusedRows"`;
const HISTORY = sql`
		left join lateral (
			select json_agg(json_build_array(statement_date, due_date, statement_balance, minimum_payment_due)
				order by statement_date) as statements
			from statement where account_id = a.id) s on true
		left join lateral (
			select json_agg(json_build_array(posted_on, kind, amount) order by seq) as postings, max(seq) as mark
			from posting where account_id = a.id) p on true
		left join lateral (
			select json_agg(json_build_object('file', file, 'line', line, 'reason', reason) order by id) as rows
			from import_rejection where account_id = a.id and mended_at is null) r on true`;

async function selectAccounts(db: DbOrTrx, which: RawBuilder<unknown>): Promise<AccountRow[]> {
	const { rows } = await sql<AccountRow>`select ${COLUMNS} from account a ${HISTORY} ${which}`.execute(db);
	return rows;
}

/** What a list of accounts shows: no history. */
export async function listAccountsOfCardholder(
	db: DbOrTrx,
	cardholderId: string,
): Promise<{ accountId: string; cardLast4: string; currency: string }[]> {
	return db
		.selectFrom('account')
		.select(['id as accountId', 'card_last4 as cardLast4', 'currency'])
		.where('cardholder_id', '=', cardholderId)
		.orderBy('id')
		.execute();
}

/** Every version of every policy, the oldest first. */
export async function listPolicyRows(db: DbOrTrx): Promise<PolicyRow[]> {
	const rows = await db
		.selectFrom('policy')
		.select(['code', 'effective_on', 'terms'])
		.orderBy('code')
		.orderBy('effective_on')
		.execute();
	return rows.map(({ code, effective_on, terms }) => policyRow(code, effective_on, terms));
}

function policyRow(code: string, effectiveOn: Day, terms: object): PolicyRow {
	return { code, terms, ...(effectiveOn !== FROM_THE_BEGINNING && { effectiveOn }) };
}
