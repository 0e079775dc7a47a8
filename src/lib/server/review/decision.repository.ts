import { sql } from 'kysely';
import type { Day } from '#lib/domain/day.ts';
import type { Outcome } from '#lib/domain/review/decision.ts';
import type { ExceptedRule } from '#lib/domain/review/exception.ts';
import type { LikeFacts } from '#lib/domain/review/like-cases.ts';
import type { Words } from '#lib/domain/words.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** A quote as it was agreed to, with its terms untouched. */
export interface FrozenQuote {
	readonly id: string;
	readonly number: number;
	readonly asOf: Day;
	readonly postingMark: number;
	readonly terms: object;
	readonly termsHash: Buffer;
	readonly productCode: string;
	readonly productVersion: number;
	/** How many of the account's postings, in their order, were known when it was made. */
	readonly postings: number;
}

/** The quote that the application holds. */
export async function findFrozenQuote(db: DbOrTrx, applicationId: string): Promise<FrozenQuote | undefined> {
	return db
		.selectFrom('application as a')
		.innerJoin('quote as q', 'q.id', 'a.quote_id')
		.select(['q.id', 'q.number', 'q.as_of as asOf', 'q.posting_mark as postingMark', 'q.terms'])
		.select(['q.terms_hash as termsHash', 'q.product_code as productCode', 'q.product_version as productVersion'])
		.select(
			sql<number>`(select count(*)::integer from posting p
				where p.account_id = q.account_id and p.seq <= q.posting_mark)`.as('postings'),
		)
		.where('a.id', '=', applicationId)
		.executeTakeFirst();
}

/** A decision to be written; `inputs` is what it was made on, as JSON. */
export interface NewDecision {
	readonly applicationId: string;
	readonly staffId: string;
	/** Where two decided: what the first proposed. */
	readonly seconds: { readonly id: string; readonly firstStaffId: string } | undefined;
	readonly fence: number;
	readonly outcome: Outcome;
	readonly reasonCode: string | null;
	readonly words: string;
	readonly note: string;
	readonly inputs: object;
	/** By what like cases find it; undefined while the account was being checked. */
	readonly facts: LikeFacts | undefined;
	readonly at: Date;
}

/** Writes a decision for good; the database refuses it from anybody who stands too near to the application, and from one alone where it takes two. */
export async function insertDecision(trx: Trx, decision: NewDecision): Promise<string> {
	const { id } = await trx
		.insertInto('decision')
		.values({
			application_id: decision.applicationId,
			staff_id: decision.staffId,
			first_staff_id: decision.seconds?.firstStaffId ?? null,
			approval_id: decision.seconds?.id ?? null,
			fence: decision.fence,
			outcome: decision.outcome,
			reason_code: decision.reasonCode,
			words: decision.words,
			note: decision.note,
			inputs: JSON.stringify(decision.inputs),
			reason: decision.facts?.reason ?? null,
			currency: decision.facts?.currency ?? null,
			owed_total: decision.facts?.owedTotal ?? null,
			days_past_due: decision.facts?.daysPastDue ?? null,
			decided_at: decision.at,
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** A decision as pages show it. */
export interface DecisionRow {
	readonly outcome: Outcome;
	readonly reasonCode: string | null;
	readonly words: string;
	readonly note: string;
	readonly decidedAt: Date;
	readonly staffId: string;
	readonly staffName: string;
	/** Who decided first, where two did. */
	readonly firstStaffId: string | null;
	readonly firstStaffName: string | null;
	/** What was to be checked, as it was worded then, and the codes of what was; null where no list was kept. */
	readonly checklist: readonly { readonly code: string; readonly words: Words }[] | null;
	readonly checked: readonly string[];
	/** To which rules of its product it made an exception; the note says why. */
	readonly exceptions: readonly ExceptedRule[];
}

/** The newest decision on an application, or the one of an id. */
export async function findDecision(
	db: DbOrTrx,
	of: { readonly applicationId: string } | { readonly decisionId: string },
): Promise<DecisionRow | undefined> {
	return db
		.selectFrom('decision as d')
		.innerJoin('staff as s', 's.id', 'd.staff_id')
		.select(['d.outcome', 'd.reason_code as reasonCode', 'd.words', 'd.note', 'd.decided_at as decidedAt'])
		.leftJoin('staff as f', 'f.id', 'd.first_staff_id')
		.select(['d.staff_id as staffId', 's.name as staffName'])
		.select(['d.first_staff_id as firstStaffId', 'f.name as firstStaffName'])
		.select(sql<DecisionRow['checklist']>`d.inputs -> 'checklist'`.as('checklist'))
		.select(sql<string[]>`coalesce(d.inputs -> 'checked', '[]')`.as('checked'))
		.select(
			sql<ExceptedRule[]>`coalesce(jsonb_path_query_array(d.inputs, '$.exceptions[*].rule'), '[]')`.as('exceptions'),
		)
		.where((eb) =>
			'decisionId' in of ? eb('d.id', '=', of.decisionId) : eb('d.application_id', '=', of.applicationId),
		)
		.orderBy('d.decided_at', 'desc')
		.executeTakeFirst();
}

/** What somebody decided by one taking, as it was written; undefined where nothing. */
export async function findDecidedBy(
	db: DbOrTrx,
	{ applicationId, staffId, fence }: { applicationId: string; staffId: string; fence: number },
): Promise<Pick<DecisionRow, 'outcome' | 'reasonCode' | 'words' | 'note'> | undefined> {
	return db
		.selectFrom('decision')
		.select(['outcome', 'reason_code as reasonCode', 'words', 'note'])
		.where('application_id', '=', applicationId)
		.where('staff_id', '=', staffId)
		.where('fence', '=', fence)
		.executeTakeFirst();
}

/** A decision as it stands in the book, with its frozen inputs: who decided what, when. */
export interface KeptDecision {
	readonly id: string;
	readonly reference: string;
	readonly outcome: Outcome;
	readonly reasonCode: string | null;
	/** For staff; where exceptions were made, why. Empty where it was erased by its rule. */
	readonly note: string;
	readonly decidedAt: Date;
	readonly staffName: string;
	readonly firstStaffName: string | null;
	readonly inputs: object;
}

/** The decisions of an application by its reference, or the one of an id, the oldest first. */
export async function listKeptDecisions(
	db: DbOrTrx,
	by: { readonly id: string } | { readonly reference: string },
): Promise<KeptDecision[]> {
	return db
		.selectFrom('decision as d')
		.innerJoin('application as a', 'a.id', 'd.application_id')
		.innerJoin('staff as s', 's.id', 'd.staff_id')
		.leftJoin('staff as f', 'f.id', 'd.first_staff_id')
		.select(['d.id', 'a.reference', 'd.outcome', 'd.reason_code as reasonCode', 'd.decided_at as decidedAt'])
		.select(['s.name as staffName', 'f.name as firstStaffName', 'd.note', 'd.inputs'])
		.where((eb) => ('id' in by ? eb('d.id', '=', by.id) : eb('a.reference', '=', by.reference)))
		.orderBy('d.decided_at')
		.execute();
}
