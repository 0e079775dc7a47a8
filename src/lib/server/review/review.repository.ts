import { sql } from 'kysely';
import type { StaffRole } from '#lib/domain/access/permission.ts';
import type { Status } from '#lib/domain/application/status.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Eyes } from '#lib/domain/review/eyes.ts';
import type { Lease } from '#lib/domain/review/lease.ts';
import type { LeftFor } from '#lib/domain/review/note.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import type { PlaceRow } from '#lib/server/review/place.repository.ts';

/** A review with its application's state and everybody who had a hand in it. */
export interface ReviewRow {
	readonly applicationId: string;
	readonly reference: string;
	readonly accountId: string;
	readonly cardholderId: string;
	readonly status: Status;
	/** The cardholder's language. */
	readonly locale: string;
	readonly version: number;
	/** Who has, or last had, it in hand. */
	readonly staffId: string | null;
	readonly fence: number;
	readonly queuedAt: Date;
	readonly priority: number;
	readonly dueAt: Date;
	readonly takenAt: Date | null;
	readonly leaseExpiresAt: Date | null;
	readonly closedAt: Date | null;
	readonly handStaffIds: string[];
	/** Who made the decision that the cardholder objects to. */
	readonly deciderStaffIds: string[];
	/** Who ever picked it for themselves. */
	readonly chosenByStaffIds: string[];
	/** Who proposed what waits for a second approver. */
	readonly proposedByStaffId: string | null;
	/** When and by whom it was referred: only supervisors are given it. */
	readonly referredAt: Date | null;
	readonly referredBy: string | null;
	/** Put aside up to this day and with it. */
	readonly pausedUntil: Day | null;
	/** For whom it is set apart, and by whom. */
	readonly assignedTo: string | null;
	readonly assignedBy: string | null;
}

/** Who takes or decides: what the rules ask about a member of staff. */
export interface Claimant {
	readonly staffId: string;
	readonly role: StaffRole;
	readonly staffCardholderId: string | null;
}

/** The lease as the domain knows it. */
export function leaseOf({ staffId, fence, leaseExpiresAt }: ReviewRow): Lease {
	return { staffId, fence, expiresAt: leaseExpiresAt };
}

/** How near this person stands to the application. */
export function eyesOf(review: ReviewRow, { staffId, role, staffCardholderId }: Claimant): Eyes {
	const { cardholderId, handStaffIds: hands, chosenByStaffIds: chosenBy, proposedByStaffId: proposedBy } = review;
	const { deciderStaffIds: decidedBy } = review;
	const isReferred = review.referredAt !== null;
	return { staffId, role, staffCardholderId, cardholderId, hands, chosenBy, decidedBy, proposedBy, isReferred };
}

export async function insertReview(trx: Trx, review: PlaceRow & { readonly at: Date }): Promise<void> {
	const { applicationId, at, priority, dueAt, language, skill } = review;
	const place = { priority, due_at: dueAt, language, skill: skill ?? '' };
	await trx
		.insertInto('review')
		.values({ application_id: applicationId, queued_at: at, ...place })
		.onConflict((conflict) => conflict.column('application_id').doNothing())
		.execute();
}

export async function closeQueuedReview(trx: Trx, review: { applicationId: string; at: Date }): Promise<void> {
	await trx
		.updateTable('review')
		.set({ closed_at: review.at, lease_expires_at: null, assigned_to: null, assigned_by: null })
		.where('application_id', '=', review.applicationId)
		.where('closed_at', 'is', null)
		.execute();
}

/** Puts a closed review back at the place it had; nobody has it in hand. */
export async function reopenClosedReview(trx: Trx, { applicationId }: { applicationId: string }): Promise<void> {
	await trx
		.updateTable('review')
		.set({ closed_at: null, lease_expires_at: null })
		.where('application_id', '=', applicationId)
		.execute();
}

/** Puts a closed review into the queue anew, at the place of its new instant; nobody has it in hand. */
export async function requeueClosedReview(
	trx: Trx,
	review: { applicationId: string; at: Date; dueAt: Date },
): Promise<void> {
	await trx
		.updateTable('review')
		// Its clock begins anew: what was waited for before the decision is not added to this promise.
		.set({ closed_at: null, lease_expires_at: null, queued_at: review.at, due_at: review.dueAt, waited_ms: 0 })
		.where('application_id', '=', review.applicationId)
		.execute();
}

export async function findReview(db: DbOrTrx, applicationId: string): Promise<ReviewRow | undefined> {
	return reviews(db).where('a.id', '=', applicationId).executeTakeFirst();
}

/** Locks the application and its review; every writer locks the application first. */
export async function lockReview(trx: Trx, applicationId: string): Promise<ReviewRow | undefined> {
	await trx.selectFrom('application').select('id').where('id', '=', applicationId).forUpdate().execute();
	return reviews(trx).where('a.id', '=', applicationId).forUpdate(['r']).executeTakeFirst();
}

/** The review that somebody has in hand now, the newest where there are several. */
export async function findHeldReview(
	db: DbOrTrx,
	{ staffId, at }: { staffId: string; at: Date },
): Promise<ReviewRow | undefined> {
	return reviews(db)
		.where('r.staff_id', '=', staffId)
		.where('r.closed_at', 'is', null)
		.where('r.lease_expires_at', '>', at)
		.orderBy('r.taken_at', 'desc')
		.executeTakeFirst();
}

/** Ends the lease now (`until: null`) or moves its end. */
export async function saveLease(
	trx: Trx,
	{ applicationId, until }: { applicationId: string; until: Date | null },
): Promise<void> {
	await trx
		.updateTable('review')
		.set({ lease_expires_at: until })
		.where('application_id', '=', applicationId)
		.execute();
}

/**
 * Locks somebody who may review, or undefined. Of two claims of one person at once the second waits here, and then finds
 * what the first took.
 */
export async function lockClaimant(trx: Trx, staffId: string): Promise<Claimant | undefined> {
	return claimants(trx, staffId).forNoKeyUpdate().executeTakeFirst();
}

/** Somebody who may review, where they do and can sign in. */
export function claimants(db: DbOrTrx, staffId: string) {
	return db
		.selectFrom('staff')
		.select(['id as staffId', 'role', 'cardholder_id as staffCardholderId'])
		.where('id', '=', staffId)
		.where('role', 'in', ['agent', 'supervisor'])
		.where('disabled_at', 'is', null);
}

/** The same without a lock, for what is only shown. */
export async function findClaimant(db: DbOrTrx, staffId: string): Promise<Claimant | undefined> {
	return db
		.selectFrom('staff')
		.select(['id as staffId', 'role', 'cardholder_id as staffCardholderId'])
		.where('id', '=', staffId)
		.executeTakeFirst();
}

export async function insertNote(
	trx: Trx,
	note: { applicationId: string; staffId: string; leftFor: LeftFor; body: string; at: Date },
): Promise<void> {
	const { applicationId, staffId, leftFor, body, at } = note;
	await trx
		.insertInto('review_note')
		.values({ application_id: applicationId, staff_id: staffId, left_for: leftFor, body, at })
		.execute();
}

export async function findReviewSetting(db: DbOrTrx): Promise<object | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'review').executeTakeFirst();
	return row?.value;
}

export async function findWorkCalendarSetting(db: DbOrTrx): Promise<object | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'work_calendar').executeTakeFirst();
	return row?.value;
}

/** Every review with what the rules ask of it. */
export function reviews(db: DbOrTrx) {
	return db
		.selectFrom('review as r')
		.innerJoin('application as a', 'a.id', 'r.application_id')
		.select([
			'r.application_id as applicationId',
			'a.reference',
			'a.account_id as accountId',
			'a.cardholder_id as cardholderId',
			'a.status',
			'a.locale',
			'a.version',
			'r.staff_id as staffId',
			'r.fence',
			'r.queued_at as queuedAt',
			'r.priority',
			'r.due_at as dueAt',
			'r.taken_at as takenAt',
			'r.lease_expires_at as leaseExpiresAt',
			'r.closed_at as closedAt',
			sql<string[]>`array(select distinct h.staff_id::text from application_hand h
				where h.application_id = a.id and h.hand <> 'decided')`.as('handStaffIds'),
			sql<string[]>`array(select distinct h.staff_id::text from application_hand h
				where h.application_id = a.id and h.hand = 'decided')`.as('deciderStaffIds'),
			sql<string[]>`array(select distinct t.staff_id::text from review_taking t
				where t.application_id = a.id and t.taken_by = 'own_choice')`.as('chosenByStaffIds'),
			sql<string | null>`(select p.first_staff_id from approval p
				where p.application_id = a.id and p.closed_at is null)`.as('proposedByStaffId'),
			'r.referred_at as referredAt',
			'r.referred_by as referredBy',
			'r.paused_until as pausedUntil',
			'r.assigned_to as assignedTo',
			'r.assigned_by as assignedBy',
		]);
}
