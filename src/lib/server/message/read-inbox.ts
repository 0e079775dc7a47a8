import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { composeMessage } from '#lib/server/message/compose-message.ts';
import { listWaitingMessages } from '#lib/server/message/deliver.repository.ts';
import { listInboxMessages, listSignInHints } from '#lib/server/message/inbox.repository.ts';

/** A message as the demo's inbox shows it; `waitsUntil` is set where it has not gone yet. */
export interface InboxEntry {
	readonly messageId: string;
	readonly phone: string;
	readonly locale: string;
	readonly text: string;
	readonly at: Date;
	readonly waitsUntil: Date | null;
	/** What the visitor types in the recipient's stead; both are invented. */
	readonly idLast4: string;
	readonly cardLast4: string | null;
}

const MOST = 100;

/**
 * The demo's messages, the newest first: those that went, and those that still wait for the recipient's hours, whose links
 * work already. Throws in production, where nobody may read what others were sent.
 */
export async function readInbox(db: Db): Promise<InboxEntry[]> {
	if (env().mode === 'production') throw new Error('the inbox is for the demo only');
	const at = now();
	const entries = (await listInboxMessages(db, MOST)).map((sent) => ({
		...sent,
		waitsUntil: null as Date | null,
	}));
	for (const message of await listWaitingMessages(db, MOST)) {
		const composed = await composeMessage(db, message, at);
		if (!composed.ok) continue;
		const { id: messageId, phone, locale, createdAt, notBefore } = message;
		entries.push({ messageId, phone, locale, text: composed.text, at: createdAt, waitsUntil: notBefore });
	}
	const newest = entries.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, MOST);
	const hints = await listSignInHints(
		db,
		newest.map(({ messageId }) => messageId),
	);
	const hintOf = new Map(hints.map((hint) => [hint.messageId, hint]));
	return newest.map((entry) => {
		const { idLast4 = '', cardLast4 = null } = hintOf.get(entry.messageId) ?? {};
		return { ...entry, idLast4, cardLast4 };
	});
}
