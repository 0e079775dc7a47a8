import { type RawBuilder, sql } from 'kysely';
import type { Trx } from '#lib/server/db/connect.ts';
import type { CoreFile } from '#lib/server/import/core-file.ts';
import type { FileHeader } from '#lib/server/import/file-header.ts';
import { mergeStage, type Merged, type MergeTarget } from '#lib/server/import/merge-stage.repository.ts';
import { refuseStaged } from '#lib/server/import/stage.repository.ts';

/** Checks the staged rows of a file against what is known, refuses what cannot be, and merges the rest. */
export async function takeStage(trx: Trx, file: CoreFile['name'], header: FileHeader): Promise<Merged> {
	const refusals = REFUSALS[file];
	if (refusals) await refuseStaged(trx, refusals);
	if (file === 'postings.csv') return mergeStage(trx, { ...POSTING, onInsert: await nextInFileOrder(trx) });
	const target = TARGETS[file];
	// A column that the file does not have says nothing, which is not the same as saying "none".
	return mergeStage(trx, { ...target, content: target.content.filter((column) => !header.missing.includes(column)) });
}

const SAID_PHONE = sql`coalesce(g.core_phone, g.phone)`;

const TARGETS: Readonly<Record<Exclude<CoreFile['name'], 'postings.csv'>, MergeTarget>> = {
	'customers.csv': {
		table: 'cardholder',
		key: ['id'],
		content: ['name', 'phone', 'id_last4', 'locale', 'time_zone'],
		onUpdate: sql`updated_at = now()`,
		// A number changed by support stands until the core's own row says another one than it said before.
		standing: {
			column: 'phone',
			said: SAID_PHONE,
			set: sql`phone = case when ${SAID_PHONE} = t.phone then g.phone else t.phone end,
				core_phone = case when ${SAID_PHONE} = t.phone then g.core_phone end`,
		},
	},
	'accounts.csv': {
		table: 'account',
		key: ['id'],
		content: ['cardholder_id', 'card_last4', 'currency', 'policy_code', 'opened_on'],
	},
	'statements.csv': {
		table: 'statement',
		key: ['account_id', 'statement_date'],
		content: ['due_date', 'statement_balance', 'minimum_payment_due'],
	},
};

const POSTING: MergeTarget = {
	table: 'posting',
	key: ['account_id', 'id'],
	content: ['posted_on', 'kind', 'amount', 'description'],
	changedIsRefused: 'posting is known with other content',
};

/** Postings count on from the newest in the order of the file, whichever order they are inserted in. */
async function nextInFileOrder(trx: Trx): Promise<{ column: string; value: RawBuilder<unknown> }> {
	const { rows } = await sql<{ last: number }>`
		select setval(pg_get_serial_sequence('posting', 'seq'), s.last_value + n.lines) - n.lines as last
		from posting_seq_seq s, (select coalesce(max(line), 1) as lines from stage) n`.execute(trx);
	return { column: 'seq', value: sql`${rows[0]?.last ?? 0}::bigint + t.line` };
}

/** Line and reason of the rows that contradict what is known. */
const REFUSALS: Readonly<Partial<Record<CoreFile['name'], RawBuilder<unknown>>>> = {
	'accounts.csv': sql`
		select t.line, case when c.id is null then 'unknown customer'
			else 'currency of an account with postings or statements changed' end
		from stage t left join cardholder c on c.id = t.cardholder_id left join account a on a.id = t.id
		where t.reason is null and (c.id is null or (a.currency <> t.currency
			and (exists (select from posting p where p.account_id = a.id)
				or exists (select from statement s where s.account_id = a.id))))`,
	'statements.csv': sql`
		select t.line, case when a.id is null then 'unknown account'
			when t.statement_date < a.opened_on then 'statement before the account was opened'
			else 'amounts need ' || c.digits || ' decimals' end
		from stage t left join account a on a.id = t.account_id left join currency c on c.code = a.currency
		where t.reason is null and (a.id is null or t.statement_date < a.opened_on or t.digits <> c.digits)`,
	'postings.csv': sql`
		select t.line, case when a.id is null then 'unknown account'
			when t.posted_on < a.opened_on then 'posting before the account was opened'
			else 'amount needs ' || c.digits || ' decimals' end
		from stage t left join account a on a.id = t.account_id left join currency c on c.code = a.currency
		where t.reason is null and (a.id is null or t.posted_on < a.opened_on or t.digits <> c.digits)`,
};
