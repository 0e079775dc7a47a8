import { type Nullable, sql } from 'kysely';
import type { Status } from '#lib/domain/application/status.ts';
import { QUEUED_STATUSES } from '#lib/domain/review/queue-policy.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { KEPT_PLAN } from '#lib/server/db/kept-plan.ts';
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
 * Locks the first of the free that this person may decide, by the queue's order, and lists beside it, unlocked, what
 * may come before it. What others lock at this moment is stepped over, never waited for. It is the desk's busiest statement; the
 * functions behind it stand in the migration of the queue's policy.
 */
export async function lockFirstFree(
	trx: Trx,
	{ claimant: { staffId }, at, served: { languages, skills }, putBack }: Asking,
): Promise<{ special: readonly Special[]; free: NextReview | undefined }> {
	const { rows } = await sql<Nullable<FreeRow> & { special: Listed[] | null }>`
		select f.*, l.special
		from (select json_agg(s) as special from special_reviews(${staffId}, ${at}, ${MOST_SPECIAL}) s) l
		left join lock_free_review(${staffId}, ${at}, ${[...QUEUED_STATUSES]}, ${languages ?? null}, ${skills ?? null},
			${putBack === 'skip'}) f on true ${KEPT_PLAN}`.execute(trx);
	const [{ special, ...row } = { special: null }] = rows;
	return {
		special: (special ?? []).map(({ application_id, kind, priority, due_at }) => {
			return { applicationId: application_id, kind, priority, dueAt: new Date(due_at) };
		}),
		free: 'application_id' in row && row.application_id !== null ? freeOf(row as FreeRow) : undefined,
	};
}

/** What taking asks of a review; a free one is neither set apart for anybody nor proposed to a second approver. */
export type NextReview = Omit<
	ReviewRow,
	| 'locale'
	| 'staffId'
	| 'queuedAt'
	| 'takenAt'
	| 'leaseExpiresAt'
	| 'closedAt'
	| 'handStaffIds'
	| 'deciderStaffIds'
	| 'chosenByStaffIds'
	| 'referredAt'
	| 'referredBy'
	| 'pausedUntil'
>;

interface FreeRow {
	readonly application_id: string;
	readonly reference: string;
	readonly account_id: string;
	readonly cardholder_id: string;
	readonly status: Status;
	readonly version: number;
	readonly fence: number;
	readonly priority: number;
	readonly due_at: Date;
}

/** As JSON has it. */
interface Listed {
	readonly application_id: string;
	readonly kind: Special['kind'];
	readonly priority: number;
	readonly due_at: string;
}

function freeOf({ application_id, account_id, cardholder_id, due_at, ...row }: FreeRow): NextReview {
	const ids = { applicationId: application_id, accountId: account_id, cardholderId: cardholder_id };
	return { ...row, ...ids, dueAt: due_at, proposedByStaffId: null, assignedTo: null, assignedBy: null };
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
	const { staffId, staffCardholderId, role } = claimant;
	return reviews(trx)
		.where('r.closed_at', 'is', null)
		.where('a.status', 'in', QUEUED_STATUSES)
		.where('r.paused_at', 'is', null)
		.$if(role !== 'supervisor', (query) => query.where('r.referred_at', 'is', null))
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
		.modifyEnd(KEPT_PLAN)
		.executeTakeFirst();
}
