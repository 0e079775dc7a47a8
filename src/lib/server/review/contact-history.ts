import type { HoldKind } from '#lib/domain/contact/hold.ts';
import type { Day } from '#lib/domain/day.ts';
import { type LinkTrail, listLinkTrail } from '#lib/server/access/link-trail.ts';
import { listHoldsOf, type PastHold } from '#lib/server/contact-hold/read-hold.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { listMessageTrail, type MessageTrail } from '#lib/server/message/message-trail.ts';

/** So many of each sort are looked at, and so many are told. */
const MOST = 40;

/** What was sent to a cardholder and what came of it; `cardLast4` is that of the account it was about. */
export type ContactStep = { readonly at: Date; readonly cardLast4: string | null } & (
	| { readonly kind: 'message_sent'; readonly template: string; readonly channel: 'sms' | 'push' }
	| { readonly kind: 'message_failed' | 'message_dropped'; readonly template: string }
	| { readonly kind: 'message_waits'; readonly template: string; readonly until: Date }
	/** A link was opened so often, for the first time then. */
	| { readonly kind: 'link_opened'; readonly count: number }
	| { readonly kind: 'hold_set'; readonly hold: HoldKind; readonly until: Day; readonly staffName: string }
	/** `staffName` is null where its day was over. */
	| { readonly kind: 'hold_ended'; readonly hold: HoldKind; readonly staffName: string | null }
);

/**
 * How a cardholder was reached, the newest first: messages by their kind, links that somebody opened, holds on reminders. What
 * a message said is never read, nor anything that a token or a code could be made from.
 */
export async function listContactHistory(db: DbOrTrx, cardholderId: string): Promise<ContactStep[]> {
	const messages = await listMessageTrail(db, { cardholderId, most: MOST });
	const links = await listLinkTrail(db, cardholderId, MOST);
	const holds = await listHoldsOf(db, cardholderId, MOST);
	const steps = [...messages.map(stepOfMessage), ...links.flatMap(stepsOfLink), ...holds.flatMap(stepsOfHold)];
	return steps.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, MOST);
}

function stepOfMessage(message: MessageTrail): ContactStep {
	const { template, status, channel, createdAt, notBefore, handedOverAt, cardLast4 } = message;
	const of = { template, cardLast4 };
	switch (status) {
		case 'handed_over':
			return { kind: 'message_sent', channel: channel ?? 'sms', at: handedOverAt ?? createdAt, ...of };
		case 'queued':
			return { kind: 'message_waits', at: createdAt, until: notBefore, ...of };
		case 'failed':
			return { kind: 'message_failed', at: createdAt, ...of };
		case 'dropped':
			return { kind: 'message_dropped', at: createdAt, ...of };
	}
}

/** Robots that look ahead open nothing. */
function stepsOfLink({ firstOpenedAt, openedCount, cardLast4 }: LinkTrail): ContactStep[] {
	return firstOpenedAt ? [{ kind: 'link_opened', at: firstOpenedAt, count: openedCount, cardLast4 }] : [];
}

function stepsOfHold({ kind: hold, until, at, cardLast4, staffName, endedAt, endedByName }: PastHold): ContactStep[] {
	const set: ContactStep = { kind: 'hold_set', at, hold, until, staffName, cardLast4 };
	return endedAt ? [set, { kind: 'hold_ended', at: endedAt, hold, staffName: endedByName, cardLast4 }] : [set];
}
