import type { Reason } from '#lib/domain/application/reason.ts';
import type { Day } from '#lib/domain/day.ts';
import { currencyOf, type Minor, parseAmount } from '#lib/domain/money.ts';
import { isHeld } from '#lib/domain/review/lease.ts';
import { isSkill, type Skill, type Urgency, urgencyOf } from '#lib/domain/review/queue-policy.ts';
import { now } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { readQueuePolicy } from '#lib/server/review/queue-rules.ts';
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
	/** Whether what was asked of the cardholder came; null where nothing was asked. */
	readonly brought: QueueRow['brought'];
	/** For supervisors alone. */
	readonly isReferred: boolean;
	readonly pausedUntil: Day | null;
	/** Why it stands where it stands. */
	readonly urgency: Urgency;
	readonly dueAt: Date;
	/** What whoever is given it is practised in; null where nothing. */
	readonly skill: Skill | null;
}

/** The open queue: its first lines, and how much there is in all. */
export interface Queue {
	readonly lines: readonly QueueLine[];
	readonly open: number;
	readonly waiting: number;
	/** How many are past due. */
	readonly late: number;
	/** How many wait for a second approver. */
	readonly forSecond: number;
	readonly oldestQueuedAt: Date | null;
}

/** As many lines as a desk can use; the rest is counted. */
const MOST_LINES = 100;

/** The queue as a member of staff sees it, in the order in which "take next" gives it; `mine` is what they have or is set apart for them. */
export async function listQueue(
	db: DbOrTrx,
	{ staffId, show = 'all' }: { staffId: string; show?: 'all' | 'mine' },
): Promise<Queue> {
	const at = now();
	const { open, inHand, late, forSecond, oldestQueuedAt } = await countQueue(db, at);
	const rows = await listQueueRows(db, { staffId, at, onlyTheirs: show === 'mine', most: MOST_LINES });
	const { otherwise } = await readQueuePolicy(db);
	const lines = rows.map((row) => lineOf(row, { staffId, at, otherwise }));
	return { lines, open, waiting: open - inHand, late, forSecond, oldestQueuedAt };
}

function lineOf(
	row: QueueRow,
	{ staffId, at, otherwise }: { staffId: string; at: Date; otherwise: number },
): QueueLine {
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
		brought: row.brought,
		isReferred: row.isReferred,
		pausedUntil: row.pausedUntil,
		assignee: row.assigneeName,
		isForYou: row.assignedTo === staffId,
		urgency: urgencyOf(row, otherwise, at),
		dueAt: row.dueAt,
		skill: isSkill(row.skill) ? row.skill : null,
	};
}
