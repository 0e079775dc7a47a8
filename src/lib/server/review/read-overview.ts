import type { Day } from '#lib/domain/day.ts';
import type { DeclineReason } from '#lib/domain/review/decision.ts';
import { now, today } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { listQueue, type QueueLine } from '#lib/server/review/list-queue.ts';
import { countDecisions } from '#lib/server/review/queue.repository.ts';
import { readReviewRules } from '#lib/server/review/review-rules.ts';

/** What a supervisor sees of the day. */
export interface Overview {
	readonly at: Date;
	readonly today: Day;
	readonly open: number;
	readonly waiting: number;
	/** What waits for a second approver: how many, and the oldest of them. */
	readonly forSecond: number;
	readonly forSecondLines: readonly QueueLine[];
	readonly oldestQueuedAt: Date | null;
	readonly promisedWorkingDays: number;
	/** What is in somebody's hands now. */
	readonly inHand: readonly QueueLine[];
	readonly approvedToday: number;
	readonly declinedToday: readonly { readonly reason: DeclineReason | null; readonly count: number }[];
}

/** The queue and the decisions of the bank's business day. */
export async function readOverview(db: Db, { staffId }: { staffId: string }): Promise<Overview> {
	const queue = await listQueue(db, { staffId });
	const { promisedWorkingDays } = await readReviewRules(db);
	const day = today();
	const decisions = await countDecisions(db, { day, timeZone: env().bankTimeZone });
	return {
		at: now(),
		today: day,
		open: queue.open,
		waiting: queue.waiting,
		forSecond: queue.forSecond,
		forSecondLines: queue.lines.filter((line) => line.forSecond),
		oldestQueuedAt: queue.oldestQueuedAt,
		promisedWorkingDays,
		inHand: queue.lines.filter(({ holder }) => holder !== null),
		approvedToday: decisions.filter(({ outcome }) => outcome === 'approved').reduce((sum, { count }) => sum + count, 0),
		declinedToday: decisions
			.filter(({ outcome }) => outcome === 'declined')
			.map(({ reasonCode, count }) => ({ reason: reasonCode as DeclineReason | null, count })),
	};
}
