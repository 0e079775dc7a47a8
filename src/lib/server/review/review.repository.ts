import { sql } from 'kysely';
import type { StaffRole } from '#lib/domain/access/permission.ts';
import type { Status } from '#lib/domain/application/status.ts';
import type { Lease } from '#lib/domain/review/lease.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

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
	readonly takenAt: Date | null;
	readonly leaseExpiresAt: Date | null;
	readonly closedAt: Date | null;
	readonly handStaffIds: string[];
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

export async function insertReview(trx: Trx, review: { applicationId: string; at: Date }): Promise<void> {
	await trx
		.insertInto('review')
		.values({ application_id: review.applicationId, queued_at: review.at })
		.onConflict((conflict) => conflict.column('application_id').doNothing())
		.execute();
}

export async function closeQueuedReview(trx: Trx, review: { applicationId: string; at: Date }): Promise<void> {
	await trx
		.updateTable('review')
		.set({ closed_at: review.at, lease_expires_at: null })
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

/**
 * Locks the oldest review that nobody has in hand and that this person may decide; what others lock at this moment is
 * stepped over, never waited for. `putBack: 'skip'` leaves out what this person had last.
 */
export async function lockNextReview(
	trx: Trx,
	{ claimant, at, putBack }: { claimant: Claimant; at: Date; putBack: 'skip' | 'take' },
): Promise<ReviewRow | undefined> {
	const { staffId, staffCardholderId } = claimant;
	return reviews(trx)
		.where('r.closed_at', 'is', null)
		.where('a.status', 'in', ['submitted', 'in_review'])
		.where((eb) => eb.or([eb('r.lease_expires_at', 'is', null), eb('r.lease_expires_at', '<=', at)]))
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('application_hand as h')
						.select('h.staff_id')
						.whereRef('h.application_id', '=', 'a.id')
						.where('h.staff_id', '=', staffId),
				),
			),
		)
		.$if(staffCardholderId !== null, (query) => query.where('a.cardholder_id', '<>', staffCardholderId ?? ''))
		.$if(putBack === 'skip', (query) => query.where('r.staff_id', 'is distinct from', staffId))
		.orderBy('r.queued_at')
		.orderBy('r.application_id')
		.limit(1)
		.forUpdate(['r', 'a'])
		.skipLocked()
		.executeTakeFirst();
}

/** Gives the review to somebody under a new fencing number, which is returned. */
export async function saveTaken(
	trx: Trx,
	{ applicationId, staffId, at, until }: { applicationId: string; staffId: string; at: Date; until: Date },
): Promise<number> {
	const { fence } = await trx
		.updateTable('review')
		.set((eb) => ({ staff_id: staffId, taken_at: at, lease_expires_at: until, fence: eb('fence', '+', 1) }))
		.where('application_id', '=', applicationId)
		.returning('fence')
		.executeTakeFirstOrThrow();
	return fence;
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
	return trx
		.selectFrom('staff')
		.select(['id as staffId', 'role', 'cardholder_id as staffCardholderId'])
		.where('id', '=', staffId)
		.where('role', 'in', ['agent', 'supervisor'])
		.where('disabled_at', 'is', null)
		.forNoKeyUpdate()
		.executeTakeFirst();
}

export async function insertNote(
	trx: Trx,
	note: { applicationId: string; staffId: string; body: string; at: Date },
): Promise<void> {
	const { applicationId, staffId, body, at } = note;
	await trx.insertInto('review_note').values({ application_id: applicationId, staff_id: staffId, body, at }).execute();
}

export async function findReviewSetting(db: DbOrTrx): Promise<object | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'review').executeTakeFirst();
	return row?.value;
}

function reviews(db: DbOrTrx) {
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
			'r.taken_at as takenAt',
			'r.lease_expires_at as leaseExpiresAt',
			'r.closed_at as closedAt',
			sql<string[]>`array(select distinct h.staff_id::text from application_hand h where h.application_id = a.id)`.as(
				'handStaffIds',
			),
		]);
}
