import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { listUnprepared } from '#lib/server/evidence/evidence.repository.ts';

/** What arrived later is being looked into, or will be in a moment. */
const PATIENCE_MS = 120_000;

/** Pages that arrived a while ago and were not looked into: their job was lost, or gave up. */
export async function listForgotten(db: DbOrTrx, at: Date, most: number): Promise<string[]> {
	return listUnprepared(db, new Date(at.getTime() - PATIENCE_MS), most);
}
