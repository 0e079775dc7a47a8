import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Day } from '#lib/domain/day.ts';
import type { At, Json } from '#lib/server/db/tables/column.ts';

type PostingKind =
	| 'purchase'
	| 'cash_advance'
	| 'interest'
	| 'fee'
	| 'late_fee'
	| 'payment'
	| 'refund'
	| 'waiver_interest'
	| 'waiver_fee';

/** What the core banking system tells us, and how its files were taken. */
export interface AccountTables {
	cardholder: {
		id: string;
		name: string;
		phone: string;
		/** What the core last said, where support has changed the number since; else null, and `phone` is the core's. */
		core_phone: ColumnType<string | null, string | null | undefined, string | null>;
		id_last4: string;
		locale: string;
		time_zone: string | null;
		updated_at: At;
	};
	policy: { code: string; effective_on: Day; terms: Json<object>; created_at: At };
	account: {
		id: string;
		cardholder_id: string;
		card_last4: string;
		currency: string;
		policy_code: string;
		opened_on: Day;
	};
	statement: {
		account_id: string;
		statement_date: Day;
		due_date: Day;
		statement_balance: number;
		minimum_payment_due: number;
	};
	posting: {
		account_id: string;
		id: string;
		seq: GeneratedAlways<number>;
		posted_on: Day;
		kind: PostingKind;
		amount: number;
		description: Generated<string>;
	};
	import_run: {
		id: Generated<string>;
		started_at: At;
		finished_at: Date | null;
		outcome: 'loaded' | 'refused' | null;
		counts: ColumnType<object, string | undefined, string>;
	};
	import_rejection: {
		id: GeneratedAlways<number>;
		import_run_id: string;
		file: string;
		line: number;
		row_key: string;
		account_id: string | null;
		reason: string;
		mended_at: Date | null;
	};
}
