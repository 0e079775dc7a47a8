import { holdStands } from '#lib/domain/contact/hold.ts';
import { lockAny } from '#lib/server/application/lock-open.ts';
import { now, today } from '#lib/server/clock.ts';
import { endHold } from '#lib/server/contact-hold/record-hold.ts';
import { findHold, type HoldRow, listOver } from '#lib/server/contact-hold/read-hold.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { endPause } from '#lib/server/review/pause.repository.ts';

const MOST_AT_ONCE = 200;

/** Ends the holds whose last day is over, each in a transaction of its own, and gives their cases back to the queue. */
export async function endHolds(db: Db): Promise<void> {
	for (const hold of await listOver(db, today(), MOST_AT_ONCE)) {
		await db.transaction().execute((trx) => endOver(trx, hold));
	}
}

async function endOver(trx: Trx, { accountId, applicationId }: HoldRow): Promise<void> {
	await lockAny(trx, applicationId);
	const hold = await findHold(trx, accountId);
	if (!hold || holdStands(hold.until, today())) return;
	const at = now();
	await endHold(trx, hold, { by: null, at });
	await endPause(trx, { applicationId, at });
}
