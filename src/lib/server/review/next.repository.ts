import { type RawBuilder, sql } from 'kysely';
import { QUEUED_STATUSES } from '#lib/domain/review/queue-policy.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import { type Claimant, type ReviewRow, reviews } from '#lib/server/review/review.repository.ts';

/** Who is to have a next one, and whether it may be what they had last. */
export interface Asking {
	readonly claimant: Claimant;
	readonly at: Date;
	/** `skip` leaves out what this person had last. */
	readonly putBack: 'skip' | 'take';
}

/** The languages and skills of what somebody is given; undefined where all. */
export interface Served {
	readonly languages: readonly string[] | undefined;
	readonly skills: readonly string[] | undefined;
}

/**
 * Why a review is not simply one of the free: in this person's hands already, set apart for them, waiting for a second approver,
 * or `left` by somebody, whose lease ran out or for whom it was set apart and who works here no more.
 */
export interface Special {
	readonly applicationId: string;
	readonly kind: 'held' | 'assigned' | 'second' | 'left';
	readonly priority: number;
	readonly dueAt: Date;
}

/** As many as can be in the way of each other at once. */
const MOST_SPECIAL = 100;

/** What comes before the free for this person, or among them; none of it is locked. The few of each kind stand in indexes of their own. */
export async function listSpecial(db: DbOrTrx, { claimant, at }: Pick<Asking, 'claimant' | 'at'>): Promise<Special[]> {
	const { staffId, role } = claimant;
	const some = (kind: Special['kind'], from: RawBuilder<unknown>) => sql`
		(select r.application_id as "applicationId", ${sql.lit(kind)} as kind, r.priority, r.due_at as "dueAt"
		from ${from} and r.closed_at is null order by r.priority, r.due_at, r.application_id limit ${sql.lit(MOST_SPECIAL)})`;
	const all = [
		some('held', sql`review r where r.in_hand and r.staff_id = ${staffId} and r.lease_expires_at > ${at}`),
		some('assigned', sql`review r where r.assigned_to = ${staffId}`),
		some('left', sql`review r where r.in_hand and r.lease_expires_at <= ${at} and r.assigned_to is null`),
		some(
			'left',
			sql`review r join staff s on s.id = r.assigned_to
				where (s.disabled_at is not null or s.role not in ('agent', 'supervisor'))`,
		),
	];
	if (role === 'supervisor') {
		const waiting = sql`review r join approval p on p.application_id = r.application_id
			where p.closed_at is null and p.first_staff_id <> ${staffId}`;
		all.push(some('second', waiting));
	}
	const { rows } = await sql<Special>`${sql.join(all, sql` union all `)}`.execute(db);
	return rows;
}

/**
 * Locks the first of the free that this person may decide, by class, then by when it is due. What others lock at this moment is
 * stepped over, never waited for.
 */
export async function lockFirstFree(
	trx: Trx,
	asking: Asking,
	{ languages, skills }: Served,
): Promise<ReviewRow | undefined> {
	return decidable(trx, asking)
		.where(sql<boolean>`not r.in_hand`)
		.where('r.assigned_to', 'is', null)
		.$if(languages !== undefined, (query) => query.where('r.language', 'in', languages ?? []))
		.$if(skills !== undefined, (query) => query.where('r.skill', 'in', skills ?? []))
		.where(sql<boolean>`not exists (select from approval p where p.application_id = a.id and p.closed_at is null)`)
		.orderBy('r.priority')
		.orderBy('r.due_at')
		.orderBy('r.application_id')
		.limit(1)
		.forUpdate(['r', 'a'])
		.skipLocked()
		.executeTakeFirst();
}

/** Locks a certain one, where this person may have it and no other locks it at this moment. */
export async function lockSpecial(
	trx: Trx,
	asking: Asking,
	{ applicationId, kind }: Special,
	{ languages, skills }: Served,
): Promise<ReviewRow | undefined> {
	const { claimant, at } = asking;
	const { staffId, role } = claimant;
	const first = sql`(select p.first_staff_id from approval p where p.application_id = a.id and p.closed_at is null)`;
	return decidable(trx, asking)
		.where('a.id', '=', applicationId)
		.where(({ eb, or }) => or([eb('r.lease_expires_at', 'is', null), eb('r.lease_expires_at', '<=', at)]))
		.where(
			sql<boolean>`(r.assigned_to is null or r.assigned_to = ${staffId} or not exists (select from staff s
				where s.id = r.assigned_to and s.role in ('agent', 'supervisor') and s.disabled_at is null))`,
		)
		.where(role === 'supervisor' ? sql<boolean>`${first} is distinct from ${staffId}` : sql<boolean>`${first} is null`)
		.$if(kind === 'left' && languages !== undefined, (query) => query.where('r.language', 'in', languages ?? []))
		.$if(kind === 'left' && skills !== undefined, (query) => query.where('r.skill', 'in', skills ?? []))
		.forUpdate(['r', 'a'])
		.skipLocked()
		.executeTakeFirst();
}

/** The open reviews that this person does not stand too near to. */
function decidable(trx: Trx, { claimant, putBack }: Asking) {
	const { staffId, staffCardholderId } = claimant;
	return reviews(trx)
		.where('r.closed_at', 'is', null)
		.where('a.status', 'in', QUEUED_STATUSES)
		.where(
			sql<boolean>`not exists (select from application_hand h where h.application_id = a.id and h.staff_id = ${staffId})`,
		)
		.where(
			sql<boolean>`not exists (select from review_taking t
				where t.application_id = a.id and t.staff_id = ${staffId} and t.taken_by = 'own_choice')`,
		)
		.$if(staffCardholderId !== null, (query) => query.where('a.cardholder_id', '<>', staffCardholderId ?? ''))
		.$if(putBack === 'skip', (query) => query.where('r.staff_id', 'is distinct from', staffId));
}

/** What somebody reads and is practised in, and what all who decide here do, who can sign in. */
export async function getKnowledge(
	db: DbOrTrx,
	staffId: string,
): Promise<{ languages: string[]; skills: string[]; allLanguages: string[]; allSkills: string[] }> {
	const of = (column: 'languages' | 'skills') => sql<
		string[]
	>`array(select distinct unnest(c.${sql.ref(column)}) from staff c
		where c.role in ('agent', 'supervisor') and c.enrolled_at is not null and c.disabled_at is null)`;
	return db
		.selectFrom('staff as s')
		.select(['s.languages', 's.skills', of('languages').as('allLanguages'), of('skills').as('allSkills')])
		.where('s.id', '=', staffId)
		.executeTakeFirstOrThrow();
}
