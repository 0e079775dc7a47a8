import { type HoldKind, isHoldDay } from '#lib/domain/contact/hold.ts';
import type { Day } from '#lib/domain/day.ts';
import { type EndHoldRefusal, refusesEndingHold } from '#lib/domain/review/ending-hold.ts';
import { now, today } from '#lib/server/clock.ts';
import { findHold } from '#lib/server/contact-hold/read-hold.ts';
import { endHold, recordHold } from '#lib/server/contact-hold/record-hold.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { endPause, savePause } from '#lib/server/review/pause.repository.ts';
import { type AsideRefusal, putAside } from '#lib/server/review/put-aside.ts';
import type { HeldReview } from '#lib/server/review/renew-lease.ts';
import { eyesOf, leaseOf, lockClaimant, lockReview } from '#lib/server/review/review.repository.ts';

/** Why reminders are not held. */
export type HoldRemindersRefusal = AsideRefusal | 'hold_day_wrong' | 'hold_standing';

/**
 * Holds reminders to collect for the account of a case in hand, because its holder is vulnerable or disputes what is owed; the
 * case is put aside until the hold's last day is over, and the promise's clock stands still.
 */
export async function holdReminders(
	db: Db,
	held: HeldReview & { note: string; kind: HoldKind; until: Day },
): Promise<{ ok: true } | { ok: false; refusal: HoldRemindersRefusal }> {
	const { staffId, applicationId, kind, until } = held;
	if (!isHoldDay(until, today())) return { ok: false, refusal: 'hold_day_wrong' };
	return putAside(db, { ...held, leftFor: 'reminders_held' }, async (trx, { accountId, cardholderId }, at) => {
		const hold = { accountId, cardholderId, applicationId, kind, until, staffId, at };
		if (!(await recordHold(trx, hold))) return 'hold_standing' as const;
		await savePause(trx, { applicationId, at, until });
		return undefined;
	});
}

/**
 * Ends the hold on the account of a case, and gives what was put aside back to the queue. Whoever has the case in hand goes on with
 * it; a supervisor who has not does not take it for that.
 */
export async function releaseReminders(
	db: Db,
	{ staffId, applicationId, fence }: HeldReview,
): Promise<{ ok: true } | { ok: false; refusal: EndHoldRefusal | 'no_hold' }> {
	return db.transaction().execute(async (trx) => {
		const claimant = await lockClaimant(trx, staffId);
		const review = await lockReview(trx, applicationId);
		if (!claimant || !review) return { ok: false, refusal: 'status_changed' };
		const at = now();
		const refusal = refusesEndingHold({ eyes: eyesOf(review, claimant), lease: leaseOf(review), fence, now: at });
		if (refusal) return { ok: false, refusal };
		const hold = await findHold(trx, review.accountId);
		if (!hold) return { ok: false, refusal: 'no_hold' };
		await endHold(trx, hold, { by: staffId, at });
		await endPause(trx, { applicationId: hold.applicationId, at });
		return { ok: true };
	});
}
