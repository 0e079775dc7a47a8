import type { Trx } from '#lib/server/db/connect.ts';

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
