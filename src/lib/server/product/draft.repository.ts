import { sql } from 'kysely';
import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** An open draft as a change of a product is judged on it; the quote's part is null where it has none. No word of a person. */
export interface DraftRow {
	readonly applicationId: string;
	readonly accountId: string;
	readonly reason: Reason | null;
	readonly evidence: readonly EvidenceKind[];
	readonly productCode: string | null;
	readonly instalments: number | null;
	readonly deferralMonths: number | null;
}

/** So many drafts after an id, in the order of ids. */
export async function listDraftsAfter(db: DbOrTrx, afterId: string, limit: number): Promise<DraftRow[]> {
	const { rows } = await sql<DraftRow>`
		select a.id as "applicationId", a.account_id as "accountId", a.reason,
			coalesce(e.kinds, '[]') as evidence, q.product_code as "productCode",
			(q.terms->>'instalments')::integer as instalments, (q.terms->>'deferralMonths')::integer as "deferralMonths"
		from application a
		left join quote q on q.id = a.quote_id
		left join lateral (
			select json_agg(distinct kind) as kinds from evidence
			where application_id = a.id and removed_at is null) e on true
		where a.status = 'draft' and a.id > ${afterId}
		order by a.id limit ${limit}`.execute(db);
	return rows;
}

/** How many applications on their way quote a product: a change leaves their terms as they are. */
export async function countUnderWay(db: DbOrTrx, code: string): Promise<number> {
	const row = await db
		.selectFrom('application as a')
		.innerJoin('quote as q', 'q.id', 'a.quote_id')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.where('a.status', 'in', ['submitted', 'in_review', 'more_requested', 'counter_offered'])
		.where('q.product_code', '=', code)
		.executeTakeFirstOrThrow();
	return row.count;
}
