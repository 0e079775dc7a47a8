import type { TakenBy } from '#lib/domain/review/taking.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import { KEPT_PLAN } from '#lib/server/db/kept-plan.ts';
import type { Claimant } from '#lib/server/review/review.repository.ts';

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
		.with('taken', (db) =>
			db
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
				.returning(['application_id', 'fence', 'staff_id', 'taken_at']),
		)
		.insertInto('review_taking')
		.columns(['application_id', 'fence', 'staff_id', 'at', 'taken_by', 'assigned_by'])
		.expression((eb) =>
			eb
				.selectFrom('taken')
				.select(['application_id', 'fence', 'staff_id', 'taken_at'])
				.select((of) => [
					of.cast<TakenBy>(of.val(takenBy), 'text').as('taken_by'),
					of.cast<string | null>(of.val(assignedBy), 'uuid').as('assigned_by'),
				]),
		)
		.returning('fence')
		.modifyEnd(KEPT_PLAN)
		.executeTakeFirstOrThrow();
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
