import { type Nullable, type RawBuilder, sql } from 'kysely';
import { QUEUED_STATUSES } from '#lib/domain/review/queue-policy.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { type Claimant, claimants, type ReviewRow, reviews } from '#lib/server/review/review.repository.ts';

/** Who is to have a next one: a member of staff, locked, with what they and their colleagues know. */
export interface Seeker extends Claimant {
	readonly languages: readonly string[];
	readonly skills: readonly string[];
	/** What all who decide here, and have enrolled, read and are practised in. */
	readonly allLanguages: readonly string[];
	readonly allSkills: readonly string[];
}

/** Who is to have a next one, and whether it may be what they had last. */
export interface Asking {
	readonly claimant: Claimant;
	readonly at: Date;
	readonly served: Served;
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

/**
 * Locks the first of the free that this person may decide, by class, then by when it is due, and lists beside it, unlocked, what
 * may come before it. What others lock at this moment is stepped over, never waited for. One statement, for it is the desk's busiest.
 */
export async function lockFirstFree(
	trx: Trx,
	asking: Asking,
): Promise<{ special: readonly Special[]; free: ReviewRow | undefined }> {
	const { languages, skills } = asking.served;
	const free = decidable(trx, asking)
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
		.skipLocked();
	const { rows } = await sql<Nullable<ReviewRow> & { special: Listed[] | null }>`
		with free as materialized ${free}
		select free.*, listed.special from (select json_agg(s) as special from (${special(asking)}) s) listed
		left join free on true`.execute(trx);
	const [{ special: listed, ...row } = { special: null }] = rows;
	return {
		special: (listed ?? []).map(({ dueAt, ...each }) => ({ ...each, dueAt: new Date(dueAt) })),
		free: 'applicationId' in row && row.applicationId !== null ? (row as ReviewRow) : undefined,
	};
}

/** As JSON has it. */
type Listed = Omit<Special, 'dueAt'> & { readonly dueAt: string };

/** What comes before the free for this person, or among them; the few of each kind stand in indexes of their own. */
function special({ claimant: { staffId, role }, at }: Asking): RawBuilder<unknown> {
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
	return sql.join(all, sql` union all `);
}

/** Locks a certain one, where this person may have it and no other locks it at this moment. */
export async function lockSpecial(
	trx: Trx,
	asking: Asking,
	{ applicationId, kind }: Special,
): Promise<ReviewRow | undefined> {
	const { claimant, at, served } = asking;
	const { languages, skills } = served;
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

/** Locks somebody who may review with all that finding their next asks, the queue's setting too; see `lockClaimant`. */
export async function lockSeeker(
	trx: Trx,
	staffId: string,
): Promise<(Seeker & { readonly setting: object | null }) | undefined> {
	const known = (column: 'languages' | 'skills') => sql<
		string[]
	>`array(select distinct unnest(c.${sql.ref(column)}) from staff c
		where c.role in ('agent', 'supervisor') and c.enrolled_at is not null and c.disabled_at is null)`;
	return claimants(trx, staffId)
		.select(['languages', 'skills', known('languages').as('allLanguages'), known('skills').as('allSkills')])
		.select((eb) => eb.selectFrom('setting').select('value').where('key', '=', 'review').as('setting'))
		.forNoKeyUpdate()
		.executeTakeFirst();
}
