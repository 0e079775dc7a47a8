import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { composeMessage } from '#lib/server/message/compose-message.ts';
import { listWaitingMessages } from '#lib/server/message/deliver.repository.ts';
import { listInboxMessages } from '#lib/server/message/inbox.repository.ts';

/** A message as the demo's inbox shows it; `waitsUntil` is set where it has not gone yet. */
export interface InboxEntry {
	readonly messageId: string;
	readonly phone: string;
	readonly locale: string;
	readonly text: string;
	readonly at: Date;
	readonly waitsUntil: Date | null;
}

const MOST = 100;

/**
 * The demo's messages, the newest first: those that went, and those that still wait for the recipient's hours, whose links
 * work already. Throws in production, where nobody may read what others were sent.
 */
export async function readInbox(db: Db): Promise<InboxEntry[]> {
	if (env().mode === 'production') throw new Error('the inbox is for the demo only');
	const at = now();
	const entries: InboxEntry[] = (await listInboxMessages(db, MOST)).map((sent) => ({ ...sent, waitsUntil: null }));
	for (const message of await listWaitingMessages(db, MOST)) {
		const composed = await composeMessage(db, message, at);
		if (!composed.ok) continue;
		const { id: messageId, phone, locale, createdAt, notBefore } = message;
		entries.push({ messageId, phone, locale, text: composed.text, at: createdAt, waitsUntil: notBefore });
	}
	return entries.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, MOST);
}
