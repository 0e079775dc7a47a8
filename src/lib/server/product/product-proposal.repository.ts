import { sql } from 'kysely';
import type { ProposalAnswer } from '#lib/domain/access/four-eyes.ts';
import type { JudgedProposal, NewestVersion } from '#lib/domain/plan/product-change.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** A proposal as it is kept, with the names of who made and who answered it. `terms` is empty where a product is to be retired. */
export interface ProposalRow extends JudgedProposal {
	readonly id: string;
	readonly code: string;
	readonly terms: object;
	readonly note: string;
	readonly proposerName: string;
	readonly proposedAt: Date;
	readonly decidedBy: string | null;
	readonly deciderName: string | null;
	readonly decidedAt: Date | null;
	readonly decisionNote: string;
}

/** One version of a product as it is kept, with every name. */
export interface VersionRow {
	readonly code: string;
	readonly version: number;
	readonly terms: object;
	readonly publishedAt: Date;
	readonly retiredAt: Date | null;
}

/** The newest version of a code, locked where there is one; a code's first version is guarded by its key. */
export async function lockNewestVersion(trx: Trx, code: string): Promise<NewestVersion | null> {
	const row = await trx
		.selectFrom('product')
		.select(['version', 'retired_at'])
		.where('code', '=', code)
		.orderBy('version', 'desc')
		.limit(1)
		.forUpdate()
		.executeTakeFirst();
	return row ? { version: row.version, isOffered: row.retired_at === null } : null;
}

/** Every version of every product, or of one, by code and the newest first. */
export async function selectVersions(db: DbOrTrx, code?: string): Promise<VersionRow[]> {
	const rows = await db
		.selectFrom('product')
		.select(['code', 'version', sql<object>`product_terms(product)`.as('terms'), 'published_at', 'retired_at'])
		.$if(code !== undefined, (query) => query.where('code', '=', code ?? ''))
		.orderBy('code')
		.orderBy('version', 'desc')
		.execute();
	return rows.map(({ published_at, retired_at, ...row }) => ({
		...row,
		publishedAt: published_at,
		retiredAt: retired_at,
	}));
}

/** Ends what is offered of a code; the version itself stays as it is. */
export async function retireOffered(trx: Trx, { code, at }: { code: string; at: Date }): Promise<void> {
	await trx
		.updateTable('product')
		.set({ retired_at: at })
		.where('code', '=', code)
		.where('retired_at', 'is', null)
		.execute();
}

export async function insertVersion(
	trx: Trx,
	row: { code: string; version: number; terms: object; at: Date },
): Promise<void> {
	const { code, version, terms, at } = row;
	await trx
		.insertInto('product')
		.values({ code, version, terms: JSON.stringify(terms), published_at: at })
		.execute();
}

/** The new proposal's id; undefined where another one of the code was made at the same moment. */
export async function insertProposal(
	trx: Trx,
	row: Pick<ProposalRow, 'code' | 'change' | 'baseVersion' | 'terms' | 'note' | 'proposedBy'> & { at: Date },
): Promise<string | undefined> {
	const inserted = await trx
		.insertInto('product_proposal')
		.values({
			code: row.code,
			change: row.change,
			base_version: row.baseVersion,
			terms: JSON.stringify(row.terms),
			note: row.note,
			proposed_by: row.proposedBy,
			proposed_at: row.at,
		})
		.onConflict((conflict) => conflict.column('code').where('status', '=', sql.lit('proposed')).doNothing())
		.returning('id')
		.executeTakeFirst();
	return inserted?.id;
}

/** The proposal that waits for a code; at most one does. */
export async function isProposed(db: DbOrTrx, code: string): Promise<boolean> {
	const row = await db
		.selectFrom('product_proposal')
		.select('id')
		.where('code', '=', code)
		.where('status', '=', 'proposed')
		.executeTakeFirst();
	return row !== undefined;
}

/** A proposal as an answer to it needs it, locked. */
export async function lockProposal(
	trx: Trx,
	id: string,
): Promise<(JudgedProposal & { code: string; terms: object }) | undefined> {
	const row = await trx
		.selectFrom('product_proposal')
		.select(['code', 'terms', 'change', 'status', 'proposed_by', 'base_version'])
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirst();
	if (!row) return undefined;
	const { proposed_by: proposedBy, base_version: baseVersion, ...kept } = row;
	return { ...kept, proposedBy, baseVersion };
}

export async function saveAnswer(
	trx: Trx,
	{ id, answer, by, at, note }: { id: string; answer: ProposalAnswer; by: string; at: Date; note: string },
): Promise<void> {
	await trx
		.updateTable('product_proposal')
		.set({ status: answer, decided_by: by, decided_at: at, decision_note: note })
		.where('id', '=', id)
		.execute();
}

/** Proposals, the newest first: of a code, by id, or those that wait. */
export async function selectProposals(
	db: DbOrTrx,
	which: { id: string } | { code: string } | 'waiting',
): Promise<ProposalRow[]> {
	const rows = await db
		.selectFrom('product_proposal as p')
		.innerJoin('staff as maker', 'maker.id', 'p.proposed_by')
		.leftJoin('staff as decider', 'decider.id', 'p.decided_by')
		.selectAll('p')
		.select(['maker.name as maker_name', 'decider.name as decider_name'])
		.$if(which === 'waiting', (query) => query.where('p.status', '=', 'proposed'))
		.$if(typeof which === 'object' && 'id' in which, (query) =>
			query.where('p.id', '=', typeof which === 'object' && 'id' in which ? which.id : ''),
		)
		.$if(typeof which === 'object' && 'code' in which, (query) =>
			query.where('p.code', '=', typeof which === 'object' && 'code' in which ? which.code : ''),
		)
		.orderBy('p.proposed_at', 'desc')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		code: row.code,
		change: row.change,
		baseVersion: row.base_version,
		terms: row.terms,
		note: row.note,
		status: row.status,
		proposedBy: row.proposed_by,
		proposerName: row.maker_name,
		proposedAt: row.proposed_at,
		decidedBy: row.decided_by,
		deciderName: row.decider_name,
		decidedAt: row.decided_at,
		decisionNote: row.decision_note,
	}));
}
