import { type RawBuilder, sql } from 'kysely';
import type { WordKind } from '#lib/domain/application/free-words.ts';
import type { Ending } from '#lib/domain/application/retention.ts';
import type { Status } from '#lib/domain/application/status.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** An application that holds free words: of which kinds, and what became of it, as far as that matters to them. */
export interface WordedRow {
	readonly applicationId: string;
	readonly reference: string;
	readonly cardholderId: string;
	readonly status: Status;
	readonly submittedAt: Date | null;
	readonly endedAt: Date | null;
	readonly hasAgreement: boolean;
	readonly agreementEndedAt: Date | null;
	readonly hasObjected: boolean;
	readonly isObjectionOpen: boolean;
	readonly isHeld: boolean;
	readonly heldTo: Date | null;
	readonly kinds: readonly WordKind[];
}

/** Where words of each kind stand: the table, the column that names the application, and which rows hold some. */
const PLACES: readonly (readonly [kind: WordKind, table: string, application: string, worded: string])[] = [
	['situation', 'application', 'id', `circumstances <> ''`],
	['asked', 'information_request', 'application_id', 'erased_at is null'],
	['offer_answer', 'counter_offer', 'application_id', `answer_words <> ''`],
	['objection', 'objection', 'application_id', `words <> ''`],
	['decision', 'decision', 'application_id', `words <> ''`],
	['decision', 'approval', 'application_id', `words <> ''`],
	['note', 'review_note', 'application_id', `body <> ''`],
	['note', 'decision', 'application_id', `note <> ''`],
	['note', 'approval', 'application_id', `note <> ''`],
	['note', 'second_review', 'application_id', `note <> ''`],
];

export async function findWordsSetting(db: DbOrTrx): Promise<object | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'words_retention').executeTakeFirst();
	return row?.value;
}

/** Applications after an id, by id, that hold free words; so many. Walks along what is kept: what is erased costs nothing. */
export async function listWorded(
	db: DbOrTrx,
	{ after, most }: { after: string; most: number },
): Promise<readonly WordedRow[]> {
	// Each place gives as many applications as are asked for, so that no kind of the first of them is missed.
	return worded(db, (column) => sql`${column} > ${after} order by ${column} limit ${most}`, most);
}

/** The same of one application, which the caller has locked. */
export async function findWorded(trx: Trx, applicationId: string): Promise<WordedRow | undefined> {
	const [row] = await worded(trx, (column) => sql`${column} = ${applicationId}`, 1);
	return row;
}

async function worded(
	db: DbOrTrx,
	which: (column: RawBuilder<unknown>) => RawBuilder<unknown>,
	most: number,
): Promise<readonly WordedRow[]> {
	const places = PLACES.map(([kind, table, application, where]) => {
		const column = sql.ref(application);
		return sql`(select distinct ${column} as id, ${sql.lit(kind)} as kind from ${sql.table(table)}
			where ${sql.raw(where)} and ${which(column)})`;
	});
	const { rows } = await sql<WordedRow>`
		with held as materialized (
			select id, array_agg(distinct kind) as kinds from (${sql.join(places, sql` union all `)}) places
			group by id order by id limit ${most}
		)
		select a.id as "applicationId", a.reference, a.cardholder_id as "cardholderId", a.status,
			a.submitted_at as "submittedAt", coalesce(a.decided_at, a.withdrawn_at) as "endedAt",
			g.id is not null as "hasAgreement", g.ended_at as "agreementEndedAt",
			o.id is not null as "hasObjected", o.id is not null and o.closed_at is null as "isObjectionOpen",
			exists (select from contact_hold h where h.account_id = a.account_id and h.ended_at is null) as "isHeld",
			(select max(h.ended_at) from contact_hold h where h.account_id = a.account_id) as "heldTo", held.kinds
		from held join application a on a.id = held.id
			left join agreement g on g.application_id = a.id left join objection o on o.application_id = a.id
		order by a.id`.execute(db);
	return rows;
}

/** Locks an application: nothing is written on it or decided until the end of the transaction. */
export async function lockWorded(trx: Trx, applicationId: string): Promise<void> {
	await trx.selectFrom('application').select('id').where('id', '=', applicationId).forUpdate().execute();
}

/**
 * Empties every text of a kind on an application and leaves the line that says so; the database refuses where anything lives to which
 * they belong.
 */
export async function eraseWords(
	trx: Trx,
	erasure: { applicationId: string; kind: WordKind; at: Date; ending: Ending; keptDays: number },
): Promise<void> {
	const { applicationId, kind, at, ending, keptDays } = erasure;
	await sql`select erase_free_words(${applicationId}, ${kind}, ${at}, ${ending.outcome}, ${ending.on}, ${keptDays})`.execute(
		trx,
	);
}

/** Words of a kind that were erased on an application, when, and by which rule. */
export interface ErasureRow {
	readonly kind: WordKind;
	readonly erasedAt: Date;
	readonly outcome: Ending['outcome'];
	readonly keptDays: number;
}

const ERASURE = ['e.kind', 'e.erased_at as erasedAt', 'e.outcome', 'e.kept_days as keptDays'] as const;

export async function selectErasures(db: DbOrTrx, applicationId: string): Promise<ErasureRow[]> {
	return db
		.selectFrom('words_erasure as e')
		.select(ERASURE)
		.where('e.application_id', '=', applicationId)
		.orderBy('e.kind')
		.execute();
}

/** The same of all that somebody ever sent or began, with the application, the newest first. */
export async function listOwnErasures(
	db: DbOrTrx,
	cardholderId: string,
): Promise<(ErasureRow & { applicationId: string; reference: string; status: Status; submittedAt: Date | null })[]> {
	return db
		.selectFrom('words_erasure as e')
		.innerJoin('application as a', 'a.id', 'e.application_id')
		.select(ERASURE)
		.select(['a.id as applicationId', 'a.reference', 'a.status', 'a.submitted_at as submittedAt'])
		.where('a.cardholder_id', '=', cardholderId)
		.orderBy('a.created_at', 'desc')
		.orderBy('e.kind')
		.execute();
}
