import { literal, type SnapshotReader } from '#lib/server/db/snapshot-reader.ts';

/** The accounts whose ids come after one and up to another, in the database's order of ids; an end that is missing is open. */
export interface AccountRange {
	readonly after: string | undefined;
	readonly upTo: string | undefined;
}

/** A refused row that stands open, as it was noted. */
export interface RefusedRow {
	readonly file: string;
	readonly line: number;
	readonly reason: string;
}

/** A range's rows in COPY's text format, each part ordered by account. */
export interface RangeRows {
	/** Account, currency, policy, opened on. */
	readonly accounts: string;
	/** Account, statement date, due date, statement balance, minimum payment due; by date. */
	readonly statements: string;
	/** Account, sequence number, posted on, kind, amount; within an account in no order. */
	readonly postings: string;
	readonly refused: ReadonlyMap<string, readonly RefusedRow[]>;
}

/** Every account of a range with its history and what was refused of it. */
export async function readRange(reader: SnapshotReader, range: AccountRange): Promise<RangeRows> {
	return {
		accounts: await reader.copy(
			`select id, currency, policy_code, opened_on from account where ${within('id', range)} order by id`,
		),
		statements: await reader.copy(
			`select account_id, statement_date, due_date, statement_balance, minimum_payment_due
			from statement where ${within('account_id', range)} order by account_id, statement_date`,
		),
		// In the order of the key: to sort by the sequence number as well would cost half as much again.
		postings: await reader.copy(
			`select account_id, seq, posted_on, kind, amount
			from posting where ${within('account_id', range)} order by account_id`,
		),
		refused: await listRefused(reader, range),
	};
}

async function listRefused(
	reader: SnapshotReader,
	range: AccountRange,
): Promise<ReadonlyMap<string, readonly RefusedRow[]>> {
	const rows = await reader.rows<RefusedRow & { accountId: string }>(
		`select account_id as "accountId", file, line, reason from import_rejection
		where mended_at is null and account_id is not null and ${within('account_id', range)} order by id`,
	);
	return Map.groupBy(rows, ({ accountId }) => accountId);
}

function within(column: string, { after, upTo }: AccountRange): string {
	const bounds = ['true'];
	if (after !== undefined) bounds.push(`${column} > ${literal(after)}`);
	if (upTo !== undefined) bounds.push(`${column} <= ${literal(upTo)}`);
	return bounds.join(' and ');
}
