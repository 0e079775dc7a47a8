import { sql } from 'kysely';
import type { Db } from '#lib/server/db/connect.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { decideApplication, type DecisionOrder } from '#lib/server/review/decide-application.ts';
import { type Held, inHand } from './case-in-hand.ts';
import { confirmedSession, makeStaff } from './staff.ts';
import type { TestDatabase } from './database.ts';

/** Lets the product of the cases in hand ask for a second approver from a cent on, or from far above them. */
export async function askForSecond({ owner }: TestDatabase, isAsking: boolean): Promise<void> {
	const terms = JSON.stringify({ secondApproverFrom: isAsking ? '0.01' : '99999999.00' });
	await sql`update product set terms = terms || ${terms}::jsonb where code = 'personal-instalments'`.execute(owner);
}

/** A case of which an agent approved the plan as the first of two. */
export async function proposed(db: Db): Promise<Held> {
	const held = await inHand(db);
	const decided = await decideApplication(db, held.order);
	if (!decided.ok || decided.step !== 'proposed') throw new Error(`not proposed: ${JSON.stringify(decided)}`);
	return held;
}

let supervisors = 0;

/** A supervisor whom "take next" gives a case, and the order that their page would send. */
export async function takenBySupervisor(
	db: Db,
	order: DecisionOrder,
): Promise<{ staffId: string; fence: number; applicationId: string; order: DecisionOrder }> {
	const staffId = await makeStaff(db, `second-${String(++supervisors)}`, 'supervisor');
	const claim = await claimNext(db, { staffId });
	const fence = claim?.fence ?? 0;
	const sessionId = await confirmedSession(db, staffId);
	return { staffId, fence, applicationId: claim?.applicationId ?? '', order: { ...order, staffId, sessionId, fence } };
}
