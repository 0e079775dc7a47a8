import type { Db } from '#lib/server/db/connect.ts';
import { listDueMessages } from '#lib/server/message/deliver.repository.ts';

/** A message whose time has come. */
export interface DueMessage {
	readonly id: string;
	readonly justAskedFor: boolean;
}

/** The messages that should be on their way at an instant, the longest waiting first. */
export async function listDue(db: Db, at: Date, most: number): Promise<DueMessage[]> {
	return listDueMessages(db, at, most);
}
