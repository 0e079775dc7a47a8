import { findAccountState } from '#lib/server/account/account-state.ts';
import { now, today } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { objectToDecision } from '#lib/server/objection/object-to-decision.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { decideApplication, type DecisionOrder } from '#lib/server/review/decide-application.ts';
import { type Held, inHand } from './case-in-hand.ts';
import { confirmedSession, makeStaff } from './staff.ts';

let others = 0;

/** A case that an agent declined. */
export async function declined(db: Db): Promise<Held> {
	const held = await inHand(db);
	const decided = await decideApplication(db, { ...held.order, ...DECLINE });
	if (!decided.ok) throw new Error(decided.refusal);
	return held;
}

export const DECLINE = { outcome: 'declined', reason: 'able_to_pay', words: '您可以按期还款。', checked: [] } as const;

/** The cardholder objects, now unless told otherwise. */
export async function object(db: Db, held: Held, changes: { words?: string; today?: string } = {}) {
	const { cardholderId, accountId, applicationId } = held;
	return objectToDecision(db, {
		owner: { cardholderId, accountId },
		applicationId,
		words: '我的工资在上个月减半。',
		today: today(),
		at: now(),
		timeZone: 'Asia/Shanghai',
		...changes,
	});
}

/** Somebody else whom "take next" gives the case, with the order that their page would send. */
export async function takenByAnother(db: Db, held: Held): Promise<DecisionOrder> {
	const staffId = await makeStaff(db, `another-${String(++others)}`);
	const claim = await claimNext(db, { staffId });
	if (claim?.applicationId !== held.applicationId) throw new Error('another case came first');
	const account = await findAccountState(db, held.accountId);
	const seen = { ...held.order.seen, postingMark: account?.postingMark ?? 0 };
	return { ...held.order, seen, staffId, sessionId: await confirmedSession(db, staffId), fence: claim.fence };
}
