import {
	type CallerState,
	type MessageState,
	type SaidToCaller,
	callerSentence,
} from '#lib/domain/access/caller-sentence.ts';
import { triesLeft } from '#lib/domain/access/code.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { listLinkTrail } from '#lib/server/access/link-trail.ts';
import { findSilenceOf } from '#lib/server/access/silenced-people.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { findLastChange, findWaitingChange } from '#lib/server/contact-number/read-number-change.ts';
import type { MessageTrail } from '#lib/server/message/message-trail.ts';
import { listAccessMessages } from '#lib/server/support/access-messages.ts';
import { findNewestChallenge, hasSession } from '#lib/server/support/access-trail.repository.ts';

/** So many messages are looked through for the one of the newest link or code. */
const MOST = 40;

/** The one sentence to read to a caller at an instant. */
export async function sayToCaller(
	db: Db,
	who: { cardholderId: string; staffId: string; hasAccount: boolean },
	at: Date,
): Promise<SaidToCaller> {
	return callerSentence(await stateOf(db, who, at), at);
}

async function stateOf(
	db: Db,
	{ cardholderId, staffId, hasAccount }: { cardholderId: string; staffId: string; hasAccount: boolean },
	at: Date,
): Promise<CallerState> {
	const messages = await listAccessMessages(db, cardholderId, MOST);
	const [link] = await listLinkTrail(db, cardholderId, 1);
	return {
		hasAccount,
		silencedAt: (await findSilenceOf(db, cardholderId)) ?? null,
		changeWaits: (await findWaitingChange(db, { cardholderId, staffId })) !== undefined,
		numberChangedAt: (await findLastChange(db, cardholderId))?.changedAt ?? null,
		isSignedIn: await hasSession(db, cardholderId, at),
		challenge: await challengeOf(db, cardholderId, messages),
		link: link && {
			createdAt: link.createdAt,
			expiresAt: link.expiresAt,
			isRevoked: link.revokedAt !== null,
			openedAt: link.firstTappedAt ?? link.firstOpenedAt,
			usedAt: link.usedAt,
			message: messageOf(messages.find(({ accessLinkId }) => accessLinkId === link.id)),
		},
	};
}

async function challengeOf(
	db: Db,
	cardholderId: string,
	messages: readonly MessageTrail[],
): Promise<CallerState['challenge']> {
	const newest = await findNewestChallenge(db, cardholderId);
	if (!newest) return undefined;
	const { code } = await getAccessRules(db);
	return {
		expiresAt: newest.expiresAt,
		isClosed: newest.closedAt !== null,
		triesLeft: triesLeft(newest, code),
		message: messageOf(messages.find(({ challengeId }) => challengeId === newest.id)),
	};
}

function messageOf(message: MessageTrail | undefined): MessageState | null {
	return message ? { status: message.status, waitsUntil: message.notBefore, sentAt: message.handedOverAt } : null;
}
