import type { Db } from '#lib/server/db/connect.ts';
import { listQueue, type QueueLine } from '#lib/server/review/list-queue.ts';

/** What a supervisor sees of the queue at this moment, case by case. */
export interface Overview {
	readonly open: number;
	readonly waiting: number;
	/** What waits for a second approver: how many, and the oldest of them. */
	readonly forSecond: number;
	readonly forSecondLines: readonly QueueLine[];
	/** What is in somebody's hands now. */
	readonly inHand: readonly QueueLine[];
}

/** The queue of this moment. */
export async function readOverview(db: Db, { staffId }: { staffId: string }): Promise<Overview> {
	const { open, waiting, forSecond, lines } = await listQueue(db, { staffId });
	return {
		open,
		waiting,
		forSecond,
		forSecondLines: lines.filter((line) => line.forSecond),
		inHand: lines.filter(({ holder }) => holder !== null),
	};
}
