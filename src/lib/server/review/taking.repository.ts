import { sql } from 'kysely';
import type { TakenBy } from '#lib/domain/review/taking.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import { type Claimant, type ReviewRow, reviews } from '#lib/server/review/review.repository.ts';

/**
 * Locks the review that this person is to have next: what a supervisor set apart for them, then, for supervisors, what waits
 * for a second approver, then the oldest that nobody has in hand. Left out is what they may not decide, and what is set apart
 * for a colleague who still works here; what others lock at this moment is stepped over, never waited for.
 * `putBack: 'skip'` leaves out what this person had last.
 */
export async function lockNextReview(
	trx: Trx,
	{ claimant, at, putBack }: { claimant: Claimant; at: Date; putBack: 'skip' | 'take' },
): Promise<ReviewRow | undefined> {
	const { staffId, staffCardholderId, role } = claimant;
	return reviews(trx)
		.leftJoin('approval as p', (join) => join.onRef('p.application_id', '=', 'a.id').on('p.closed_at', 'is', null))
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
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('review_taking as t')
						.select('t.staff_id')
						.whereRef('t.application_id', '=', 'a.id')
						.where('t.staff_id', '=', staffId)
						.where('t.taken_by', '=', 'own_choice'),
				),
			),
		)
		.where(({ eb, or, not, exists, selectFrom }) =>
			or([
				eb('r.assigned_to', 'is', null),
				eb('r.assigned_to', '=', staffId),
				not(
					exists(
						selectFrom('staff as s')
							.select('s.id')
							.whereRef('s.id', '=', 'r.assigned_to')
							.where('s.role', 'in', ['agent', 'supervisor'])
							.where('s.disabled_at', 'is', null),
					),
				),
			]),
		)
		.where((eb) =>
			role === 'supervisor'
				? eb.or([eb('p.id', 'is', null), eb('p.first_staff_id', '<>', staffId)])
				: eb('p.id', 'is', null),
		)
		.$if(staffCardholderId !== null, (query) => query.where('a.cardholder_id', '<>', staffCardholderId ?? ''))
		.$if(putBack === 'skip', (query) => query.where('r.staff_id', 'is distinct from', staffId))
		.orderBy(sql`r.assigned_to is not distinct from ${staffId}::uuid`, 'desc')
		.orderBy(sql`p.id is not null`, 'desc')
		.orderBy('r.queued_at')
		.orderBy('r.application_id')
		.limit(1)
		.forUpdate(['r', 'a'])
		.skipLocked()
		.executeTakeFirst();
}

/** How a review comes into somebody's hands. */
export interface NewTaking {
	readonly applicationId: string;
	readonly staffId: string;
	readonly takenBy: TakenBy;
	/** Who set it apart for them; null for every other way. */
	readonly assignedBy: string | null;
	readonly at: Date;
	readonly until: Date;
}

/** Gives the review to somebody under a new fencing number, which is returned, and keeps for good how they came to it. */
export async function saveTaken(trx: Trx, taking: NewTaking): Promise<number> {
	const { applicationId, staffId, takenBy, assignedBy, at, until } = taking;
	const { fence } = await trx
		.updateTable('review')
		.set((eb) => ({
			staff_id: staffId,
			taken_at: at,
			lease_expires_at: until,
			fence: eb('fence', '+', 1),
			assigned_to: null,
			assigned_by: null,
		}))
		.where('application_id', '=', applicationId)
		.returning('fence')
		.executeTakeFirstOrThrow();
	const kept = {
		application_id: applicationId,
		fence,
		staff_id: staffId,
		taken_by: takenBy,
		assigned_by: assignedBy,
		at,
	};
	await trx.insertInto('review_taking').values(kept).execute();
	return fence;
}

/** Sets a review apart for somebody, or (`to: null`) for nobody any more. */
export async function saveAssigned(
	trx: Trx,
	{ applicationId, to, by }: { applicationId: string; to: string | null; by: string },
): Promise<void> {
	await trx
		.updateTable('review')
		.set({ assigned_to: to, assigned_by: to === null ? null : by })
		.where('application_id', '=', applicationId)
		.execute();
}

/** Everybody who decides applications and can sign in, by name. */
export async function listClaimants(db: DbOrTrx): Promise<(Claimant & { readonly name: string })[]> {
	return db
		.selectFrom('staff')
		.select(['id as staffId', 'role', 'cardholder_id as staffCardholderId', 'name'])
		.where('role', 'in', ['agent', 'supervisor'])
		.where('disabled_at', 'is', null)
		.orderBy('name')
		.execute();
}
