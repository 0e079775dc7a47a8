import type { Reason } from '#lib/domain/application/reason.ts';
import type { Day } from '#lib/domain/day.ts';
import { currencyOf, type Minor, parseAmount } from '#lib/domain/money.ts';
import { isHeld } from '#lib/domain/review/lease.ts';
import { isSkill, type Skill, type Urgency, urgencyOf } from '#lib/domain/review/queue-policy.ts';
import { now } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { readQueuePolicy } from '#lib/server/review/queue-rules.ts';
import {
	countQueue,
	listQueueRows,
	type QueueCounts,
	type QueuePart,
	type QueueRow,
} from '#lib/server/review/queue.repository.ts';

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
	/** Whether the cardholder objects to what was decided on it. */
	readonly isObjection: boolean;
	/** For supervisors alone. */
	readonly isReferred: boolean;
	/** Put aside up to this day and with it; it is not late meanwhile. */
	readonly pausedUntil: Day | null;
	/** Why it stands where it stands. */
	readonly urgency: Urgency;
	readonly dueAt: Date;
	/** What whoever is given it is practised in; null where nothing. */
	readonly skill: Skill | null;
}

/** The open queue: its first lines, and how much there is in all. */
export interface Queue extends QueueCounts {
	readonly lines: readonly QueueLine[];
	/** How many there are beyond the lines, where these are of all. */
	readonly unlisted: number;
}

/** As many lines as a desk can use; the rest is counted. */
const MOST_LINES = 100;

/** The queue as a member of staff sees it, in the order in which "take next" gives it; `mine` is what they have or is set apart for them. */
export async function listQueue(
	db: DbOrTrx,
	{ staffId, show = 'all' }: { staffId: string; show?: 'all' | 'mine' },
): Promise<Queue> {
	const counts = await countQueue(db, now());
	const lines = await listPart(db, { staffId, part: show });
	const unlisted = show === 'all' ? Math.max(0, counts.open + counts.held - lines.length) : 0;
	return { ...counts, lines, unlisted };
}

/** The first lines of a part of the queue, in the queue's order. */
export async function listPart(
	db: DbOrTrx,
	{ staffId, part }: { staffId: string; part: QueuePart },
): Promise<readonly QueueLine[]> {
	const at = now();
	const rows = await listQueueRows(db, { staffId, at, part, most: MOST_LINES });
	const { otherwise } = await readQueuePolicy(db);
	return rows.map((row) => lineOf(row, { staffId, at, otherwise }));
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
		isObjection: row.isObjection,
		isReferred: row.isReferred,
		pausedUntil: row.pausedUntil,
		assignee: row.assigneeName,
		isForYou: row.assignedTo === staffId,
		urgency: urgencyOf(row, otherwise, row.pausedAt ?? at),
		dueAt: row.dueAt,
		skill: isSkill(row.skill) ? row.skill : null,
	};
}
