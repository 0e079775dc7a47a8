import type { Db } from '#lib/server/db/connect.ts';
import { listMessageTrail, type MessageTrail } from '#lib/server/message/message-trail.ts';

/** What bears on getting in; of other messages support is told nothing. */
const ABOUT_ACCESS = ['reminder', 'link_resent', 'sign_in_code', 'number_changed'] as const;

/** The messages of a person that bear on getting in, the newest first; so many. */
export async function listAccessMessages(db: Db, cardholderId: string, most: number): Promise<MessageTrail[]> {
	return listMessageTrail(db, { cardholderId, templates: ABOUT_ACCESS, most });
}
