import { type RawBuilder, sql } from 'kysely';
import type { Trx } from '#lib/server/db/connect.ts';
import { refuseStaged } from '#lib/server/import/stage.repository.ts';

/** The table that a file's rows go to; `key` and `content` are columns of the stage and of the table alike. */
export interface MergeTarget {
	readonly table: 'cardholder' | 'account' | 'statement' | 'posting';
	readonly key: readonly string[];
	readonly content: readonly string[];
	/** A changed row updates; where this is a reason, it is refused for it instead. */
	readonly changedIsRefused?: string;
	/** A further column on insertion: its name and the value from the stage `t`. */
	readonly onInsert?: { readonly column: string; readonly value: RawBuilder<unknown> };
	/** A further column on update. */
	readonly onUpdate?: RawBuilder<unknown>;
	/** A column of the content that may stand changed by hand in the table `g`, until the core's own value changes. */
	readonly standing?: {
		readonly column: string;
		/** What the core said last. */
		readonly said: RawBuilder<unknown>;
		/** The assignments on update. */
		readonly set: RawBuilder<unknown>;
	};
}

/** How many rows were new, and how many changed one that was there. */
export interface Merged {
	readonly added: number;
	readonly changed: number;
}

/**
 * Brings the sound rows of the stage into their table. Of rows with one key the first counts, and a later one that
 * says something else is refused.
 */
export async function mergeStage(trx: Trx, target: MergeTarget): Promise<Merged> {
	return (await insertIntoEmpty(trx, target)) ?? (await mergeIntoFilled(trx, target));
}

/** The first load of all: inserts at once, without a comparison. Undefined where it cannot, with nothing inserted. */
async function insertIntoEmpty(trx: Trx, target: MergeTarget): Promise<Merged | undefined> {
	const { rows } = await sql<{ filled: boolean }>`
		select exists (select from ${sql.table(target.table)}) as filled`.execute(trx);
	if (rows[0]?.filled) return undefined;
	await sql`savepoint insert_into_empty`.execute(trx);
	try {
		const added = await insertFrom(trx, target, sql`stage t where t.reason is null`);
		await sql`release savepoint insert_into_empty`.execute(trx);
		return { added, changed: 0 };
	} catch (error) {
		// A key stands twice in the file.
		if ((error as { code?: string }).code !== '23505') throw error;
		await sql`rollback to savepoint insert_into_empty`.execute(trx);
		return undefined;
	}
}

async function mergeIntoFilled(trx: Trx, target: MergeTarget): Promise<Merged> {
	const { table, key, content, changedIsRefused, standing } = target;
	const said = content.map((column) => (column === standing?.column ? standing.said : sql.ref(`g.${column}`)));
	const sameKey = sql.join(
		key.map((column) => sql`g.${sql.ref(column)} = t.${sql.ref(column)}`),
		sql` and `,
	);
	// One pass over both finds what the table does not say already; all that follows looks at this alone.
	await sql`
		create temporary table fresh on commit drop as
		select t.line, ${columnsOf('t', key)}, g.${sql.ref(key[0] ?? '')} is not null as known
		from stage t left join ${sql.table(table)} g on ${sameKey}
		where t.reason is null and (g.${sql.ref(key[0] ?? '')} is null
			or (${sql.join(said)}) is distinct from (${columnsOf('t', content)}))`.execute(trx);
	await sql`analyze fresh`.execute(trx);
	if (changedIsRefused !== undefined) {
		await refuseStaged(trx, sql`select line, ${changedIsRefused}::text from fresh where known`);
		await sql`delete from fresh where known`.execute(trx);
	}
	await settleRepeatedKeys(trx, target);
	const changed = await updateFromFresh(trx, target, sameKey);
	const added = await insertFrom(trx, target, sql`stage t join fresh f on f.line = t.line where not f.known`);
	await sql`drop table fresh`.execute(trx);
	return { added, changed };
}

/** Of the rows of one key that are about to count, keeps the first; the others repeat it, or contradict it and are refused. */
async function settleRepeatedKeys(trx: Trx, { key, content }: MergeTarget): Promise<void> {
	await sql`
		create temporary table repeated on commit drop as
		select line, first_line, same from (
			select t.line, first_value(t.line) over of_key as first_line,
				(${columnsOf('t', content)}) is not distinct from
					(${sql.join(content.map((column) => sql`first_value(t.${sql.ref(column)}) over of_key`))}) as same
			from stage t
			where t.reason is null and (${columnsOf('t', key)}) in (select ${columnsOf('f', key)} from fresh f)
			window of_key as (partition by ${columnsOf('t', key)} order by t.line)) ranked
		where line > first_line`.execute(trx);
	await refuseStaged(
		trx,
		sql`select line, 'repeats the key of line ' || first_line || ' with other content' from repeated where not same`,
	);
	await sql`delete from fresh where line in (select line from repeated)`.execute(trx);
	await sql`drop table repeated`.execute(trx);
}

async function updateFromFresh(trx: Trx, target: MergeTarget, sameKey: RawBuilder<unknown>): Promise<number> {
	const { table, content, changedIsRefused, onUpdate, standing } = target;
	if (changedIsRefused !== undefined) return 0;
	const set = content.map((column) =>
		column === standing?.column ? standing.set : sql`${sql.ref(column)} = t.${sql.ref(column)}`,
	);
	const { numAffectedRows = 0n } = await sql`
		update ${sql.table(table)} g set ${sql.join(onUpdate ? [...set, onUpdate] : set)}
		from stage t join fresh f on f.line = t.line
		where f.known and ${sameKey}`.execute(trx);
	return Number(numAffectedRows);
}

async function insertFrom(trx: Trx, target: MergeTarget, source: RawBuilder<unknown>): Promise<number> {
	const { table, key, content, onInsert } = target;
	const names = [...key, ...content].map((column) => sql.ref(column));
	const values = [...key, ...content].map((column) => sql`t.${sql.ref(column)}`);
	const { numAffectedRows = 0n } = await sql`
		insert into ${sql.table(table)} (${sql.join(onInsert ? [...names, sql.ref(onInsert.column)] : names)})
		overriding system value
		select ${sql.join(onInsert ? [...values, onInsert.value] : values)} from ${source}`.execute(trx);
	return Number(numAffectedRows);
}

function columnsOf(alias: string, columns: readonly string[]): RawBuilder<unknown> {
	return sql.join(columns.map((column) => sql.ref(`${alias}.${column}`)));
}
