import type { Db } from '#lib/server/db/connect.ts';
import { updateChosenAccount } from '#lib/server/session/cardholder-session.repository.ts';

/** Sets the account that a session looks at, for somebody with several. False where it is none of theirs. */
export async function chooseAccount(
	db: Db,
	choice: { sessionId: string; cardholderId: string; accountId: string },
): Promise<boolean> {
	return updateChosenAccount(db, choice);
}
