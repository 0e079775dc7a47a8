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
	/** `own`: theirs, or one they had a hand in, which somebody else decides. */
	readonly state: 'waiting' | 'yours' | 'taken' | 'own';
	/** Who has it in hand, where somebody has. */
	readonly holder: string | null;
}

/** The open queue: its oldest lines, and how much there is in all. */
export interface Queue {
	readonly lines: readonly QueueLine[];
	readonly open: number;
	readonly waiting: number;
	readonly oldestQueuedAt: Date | null;
}

/** As many lines as a desk can use; the rest is counted. */
const MOST_LINES = 100;

/** The queue as a member of staff sees it, the oldest first. */
export async function listQueue(db: DbOrTrx, { staffId }: { staffId: string }): Promise<Queue> {
	const at = now();
	const { open, inHand, oldestQueuedAt } = await countQueue(db, at);
	const rows = await listQueueRows(db, { staffId, most: MOST_LINES });
	return { lines: rows.map((row) => lineOf(row, staffId, at)), open, waiting: open - inHand, oldestQueuedAt };
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
		state: row.isOwn ? 'own' : held ? taken : 'waiting',
		holder: held ? row.staffName : null,
	};
}
