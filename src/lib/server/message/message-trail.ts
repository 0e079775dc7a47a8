import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { type MessageTrail, selectMessageTrail } from '#lib/server/message/message-trail.repository.ts';

export type { MessageTrail } from '#lib/server/message/message-trail.repository.ts';

/** The messages to a person, the newest first, so many; of some kinds alone where they are named. Never what they said. */
export async function listMessageTrail(
	db: DbOrTrx,
	of: { cardholderId: string; templates?: readonly string[]; most: number },
): Promise<MessageTrail[]> {
	return selectMessageTrail(db, of);
}
