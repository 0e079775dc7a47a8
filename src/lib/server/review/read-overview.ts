import { type AsideRow, listAsideRows } from '#lib/server/review/aside.repository.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { listPart, type QueueLine } from '#lib/server/review/list-queue.ts';

export type { AsideRow } from '#lib/server/review/aside.repository.ts';

/** What a supervisor sees of this moment, case by case. */
export interface Overview {
	/** What waits for a second approver. */
	readonly forSecond: readonly QueueLine[];
	/** What is in somebody's hands now. */
	readonly inHand: readonly QueueLine[];
	/** What is put aside, the first to be due before the others. */
	readonly aside: readonly AsideRow[];
}

/** As many as one reads through. */
const MOST = 100;

/** The cases of this moment that a supervisor asks after. */
export async function readOverview(db: Db, { staffId }: { staffId: string }): Promise<Overview> {
	return {
		forSecond: await listPart(db, { staffId, part: 'for_second' }),
		inHand: await listPart(db, { staffId, part: 'in_hand' }),
		aside: await listAsideRows(db, MOST),
	};
}
