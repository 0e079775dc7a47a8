import { type SqlBool, sql } from 'kysely';
import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { Outcome } from '#lib/domain/application/retention.ts';
import type { Status } from '#lib/domain/application/status.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import type { EvidenceRemoval, EvidenceState } from '#lib/server/db/tables/application.ts';

/** What became of an application and of the agreement that it became, as far as it matters to what is kept. */
export interface CourseRow {
	readonly applicationId: string;
	readonly cardholderId: string;
	readonly status: Status;
	readonly submittedAt: Date | null;
	readonly decidedAt: Date | null;
	readonly withdrawnAt: Date | null;
	readonly updatedAt: Date;
	readonly agreementId: string | null;
	readonly agreementEndedAt: Date | null;
}

const COURSE = [
	'application.id as applicationId',
	'application.cardholder_id as cardholderId',
	'application.status',
	'application.submitted_at as submittedAt',
	'application.decided_at as decidedAt',
	'application.withdrawn_at as withdrawnAt',
	'application.updated_at as updatedAt',
	'agreement.id as agreementId',
	'agreement.ended_at as agreementEndedAt',
] as const;

export async function findRetentionSetting(db: DbOrTrx): Promise<object | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'evidence_retention').executeTakeFirst();
	return row?.value;
}

/**
 * Applications after an id, by id, that hold a page, each with whether it ended before the instant of its outcome; so many. Walks along what is kept: what was erased in the years behind costs nothing.
 */
export async function listHolding(
	db: DbOrTrx,
	{ after, before, most }: { after: string; before: Readonly<Record<Outcome, Date>>; most: number },
): Promise<{ id: string; isEnded: boolean }[]> {
	const { rows } = await sql<{ id: string; isEnded: boolean }>`
		with holding as materialized (
			select distinct application_id as id from evidence
			where removed_at is null and application_id > ${after} order by application_id limit ${most}
		)
		select h.id, coalesce(case a.status
				when 'approved' then case when g.id is null then a.decided_at else g.ended_at end < ${before.approved}
				when 'declined' then a.decided_at < ${before.declined}
				when 'withdrawn' then a.withdrawn_at < case when a.submitted_at is null then ${before.expired_draft}::timestamptz
					else ${before.withdrawn}::timestamptz end
			end, false) as "isEnded"
		from holding h join application a on a.id = h.id left join agreement g on g.application_id = a.id
		order by h.id`.execute(db);
	return rows;
}

/** What became of an application. */
export async function findCourse(db: DbOrTrx, applicationId: string): Promise<CourseRow | undefined> {
	return coursesOf(db).where('application.id', '=', applicationId).executeTakeFirst();
}

/** The same, with the application locked: nothing joins it or leaves it until the end of the transaction. */
export async function lockCourse(trx: Trx, applicationId: string): Promise<CourseRow | undefined> {
	return coursesOf(trx).where('application.id', '=', applicationId).forUpdate('application').executeTakeFirst();
}

function coursesOf(db: DbOrTrx) {
	return db
		.selectFrom('application')
		.leftJoin('agreement', 'agreement.application_id', 'application.id')
		.select(COURSE);
}

/** A page of somebody's, kept or erased, with its application. */
export interface OwnPageRow extends CourseRow {
	readonly id: string;
	readonly kind: EvidenceKind;
	readonly state: EvidenceState;
	readonly pageCount: number;
	readonly receivedAt: Date;
	readonly removedAt: Date | null;
	readonly removal: EvidenceRemoval | null;
	readonly reference: string;
	readonly consentAt: Date | null;
}

/** Every page that somebody ever sent and that could be read, the newest application first, in their order. */
export async function listPagesOf(db: DbOrTrx, cardholderId: string): Promise<OwnPageRow[]> {
	const rows = await db
		.selectFrom('evidence')
		.innerJoin('application', 'application.id', 'evidence.application_id')
		.leftJoin('agreement', 'agreement.application_id', 'application.id')
		.select(COURSE)
		.select(['evidence.id', 'evidence.kind', 'evidence.state', 'evidence.page_count as pageCount'])
		.select(['evidence.received_at as receivedAt', 'evidence.removed_at as removedAt', 'evidence.removal'])
		.select(['application.reference', 'application.sensitive_consent_at as consentAt'])
		.where('evidence.cardholder_id', '=', cardholderId)
		.where('evidence.state', '<>', 'refused')
		.orderBy('application.created_at', 'desc')
		.orderBy('application.id')
		.orderBy('evidence.position')
		.orderBy('evidence.received_at')
		.execute();
	return rows as OwnPageRow[];
}

/** When staff looked at which page of the signed-in cardholder's; of the audit log they read nothing else. */
export async function listOwnLooks(db: DbOrTrx): Promise<{ evidenceId: string; at: Date }[]> {
	const { rows } = await sql<{ evidenceId: string; at: Date }>`
		select evidence_id as "evidenceId", at from own_evidence_looks() order by at desc`.execute(db);
	return rows;
}

/** Which of some storage keys belong to a page that was erased before an instant. */
export async function listErasedKeys(db: DbOrTrx, storageKeys: readonly string[], before: Date): Promise<string[]> {
	const { rows } = await sql<{ key: string }>`
		select k.key from unnest(${[...storageKeys]}::text[]) as k (key)
		where exists (select from evidence e
			where e.removed_at < ${before} and (e.storage_key = k.key or e.thumbnail_key = k.key))`.execute(db);
	return rows.map(({ key }) => key);
}

/** The living pages that are ready, after an id, by id, with the keys of their bytes; so many. */
export async function listReady(
	db: DbOrTrx,
	after: string,
	most: number,
): Promise<{ id: string; storageKey: string; thumbnailKey: string | null }[]> {
	return db
		.selectFrom('evidence')
		.select(['id', 'storage_key as storageKey', 'thumbnail_key as thumbnailKey'])
		.where('removed_at', 'is', null)
		.where('state', '=', 'ready')
		.where(sql<SqlBool>`storage_key is not null`)
		.$narrowType<{ storageKey: string }>()
		.where('id', '>', after)
		.orderBy('id')
		.limit(most)
		.execute();
}
