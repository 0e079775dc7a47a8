import { isOver } from '#lib/domain/application/information-request.ts';
import { lockAny } from '#lib/server/application/lock-open.ts';
import { now, today } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { findOpenRequest, listOverdueRequests } from '#lib/server/request/request.repository.ts';
import { returnToQueue } from '#lib/server/request/return-to-queue.ts';

const MOST_AT_ONCE = 200;

/**
 * Puts back into the queue what was asked for and did not come by its day, each in a transaction of its own: somebody looks
 * again, with what is there. What is sent at this very moment is sent; run twice at once it ends each once.
 */
export async function lapseRequests(db: Db): Promise<void> {
	for (const applicationId of await listOverdueRequests(db, today(), MOST_AT_ONCE)) {
		await db.transaction().execute(async (trx) => {
			const application = await lockAny(trx, applicationId);
			const request = await findOpenRequest(trx, applicationId);
			if (!application || !request || !isOver(request.dueOn, today())) return;
			const actor = { kind: 'system', id: null } as const;
			await returnToQueue(trx, { application, as: 'lapsed', at: now(), actor });
		});
	}
}
