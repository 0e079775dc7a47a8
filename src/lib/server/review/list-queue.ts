import type { Reason } from '#lib/domain/application/reason.ts';
import { currencyOf, type Minor, parseAmount } from '#lib/domain/money.ts';
import { isHeld } from '#lib/domain/review/lease.ts';
import { now } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { countQueue, listQueueRows, type QueueRow } from '#lib/server/review/queue.repository.ts';

/** One line of the queue, as this member of staff sees it. */
export interface QueueLine {
	readonly applicationId: string;
	readonly reference: string;
	readonly reason: Reason | null;
	readonly locale: string;
	readonly queuedAt: Date;
	/** What was owed when the plan was quoted; undefined where no plan was. */
	readonly amount: Minor | undefined;
	readonly currency: string;
	/** No plan fits; the cardholder asks for an offer. */
	readonly wantsOffer: boolean;
	/** `own`: too near to them, so that somebody else decides it. */
	readonly state: 'waiting' | 'yours' | 'taken' | 'own';
	/** Who has it in hand, where somebody has. */
	readonly holder: string | null;
	/** Whether what the first decided waits for a second approver. */
	readonly forSecond: boolean;
	/** For whom it is set apart, where it is, and whether that is this person. */
	readonly assignee: string | null;
	readonly isForYou: boolean;
}

/** The open queue: its oldest lines, and how much there is in all. */
export interface Queue {
	readonly lines: readonly QueueLine[];
	readonly open: number;
	readonly waiting: number;
	/** How many wait for a second approver. */
	readonly forSecond: number;
	readonly oldestQueuedAt: Date | null;
}

/** As many lines as a desk can use; the rest is counted. */
const MOST_LINES = 100;

/** The queue as a member of staff sees it, the oldest first. */
export async function listQueue(db: DbOrTrx, { staffId }: { staffId: string }): Promise<Queue> {
	const at = now();
	const { open, inHand, forSecond, oldestQueuedAt } = await countQueue(db, at);
	const rows = await listQueueRows(db, { staffId, most: MOST_LINES });
	const lines = rows.map((row) => lineOf(row, staffId, at));
	return { lines, open, waiting: open - inHand, forSecond, oldestQueuedAt };
}

function lineOf(row: QueueRow, staffId: string, at: Date): QueueLine {
	const { applicationId, reference, reason, locale, queuedAt, currency, wantsOffer } = row;
	const held = isHeld({ staffId: row.staffId, fence: 0, expiresAt: row.leaseExpiresAt }, at);
	const taken = row.staffId === staffId ? 'yours' : 'taken';
	return {
		applicationId,
		reference,
		reason,
		locale,
		queuedAt,
		amount: row.totalOutstanding === null ? undefined : parseAmount(row.totalOutstanding, currencyOf(currency)),
		currency,
		wantsOffer,
		state: held && taken === 'yours' ? taken : row.isOwn ? 'own' : held ? taken : 'waiting',
		holder: held ? row.staffName : null,
		forSecond: row.proposedBy !== null,
		assignee: row.assigneeName,
		isForYou: row.assignedTo === staffId,
	};
}
