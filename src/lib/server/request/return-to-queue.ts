import { moveApplication } from '#lib/server/application/move-application.ts';
import type { Actor } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { endRequest } from '#lib/server/request/end-request.ts';
import { resumeReview } from '#lib/server/review/resume-review.ts';

/**
 * Puts a locked application back into the queue with what came of the request: the promise's clock goes on from where it
 * stood when it was asked. False where nothing was asked.
 */
export async function returnToQueue(
	trx: Trx,
	{
		application,
		as,
		at,
		actor,
	}: {
		application: { readonly id: string; readonly cardholderId: string };
		as: 'answered' | 'lapsed';
		at: Date;
		actor: Actor;
	},
): Promise<boolean> {
	const { id: applicationId, cardholderId } = application;
	const request = await endRequest(trx, { applicationId, cardholderId, as, at, actor });
	if (!request) return false;
	const moved = await moveApplication(trx, { applicationId, to: 'submitted', at, actor });
	if (!moved.ok) throw new Error(`an application of which more was asked did not go back: ${moved.refusal}`);
	await resumeReview(trx, { applicationId, since: request.askedAt, at });
	return true;
}
