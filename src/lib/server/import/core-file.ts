/** Why a row is refused; constant where it can be, since a file may hold millions of the same. */
export interface RowRefusal {
	readonly reason: string;
}

/** Which record a row is about, so that a later row can mend it; null and '' where the row does not say. */
export interface RowIdentity {
	readonly accountId: string | null;
	readonly rowKey: string;
}

export type StagedColumn = keyof typeof STAGED_TYPES;

/** The type of each staged column. */
export const STAGED_TYPES = {
	id: 'text',
	name: 'text',
	phone: 'text',
	id_last4: 'text',
	locale: 'text',
	time_zone: 'text',
	cardholder_id: 'text',
	card_last4: 'text',
	currency: 'text',
	policy_code: 'text',
	opened_on: 'date',
	account_id: 'text',
	statement_date: 'date',
	due_date: 'date',
	statement_balance: 'bigint',
	minimum_payment_due: 'bigint',
	posted_on: 'date',
	kind: 'text',
	amount: 'bigint',
	description: 'text',
	digits: 'smallint',
} as const;

/** One of the core's CSV files: what stands in it, and how a row is checked by itself. */
export interface CoreFile {
	readonly name: 'customers.csv' | 'accounts.csv' | 'statements.csv' | 'postings.csv';
	readonly columns: readonly string[];
	/** Columns that may be missing; they come after the others. */
	readonly optionalColumns: readonly string[];
	/** What a checked row consists of, by the names of the table's columns; `digits` is how its amounts were written. */
	readonly stagedColumns: readonly StagedColumn[];
	/** The checked row in COPY's text format, in the order of the staged columns, or why it is refused. */
	check(fields: readonly (string | undefined)[]): string | RowRefusal;
	identify(fields: readonly (string | undefined)[]): RowIdentity;
}

/** What a row gives as an account id, as far as it can be one. */
export function accountIdOf(text: string | undefined): string | null {
	return text === undefined || text === '' || text.length > 100 ? null : text;
}

/** What a row gives as its key; cut, since what is longer is no key and must still fit an index. */
export function rowKeyOf(text: string | undefined): string {
	return (text ?? '').slice(0, 100);
}
