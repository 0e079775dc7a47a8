import { setTimeout as pause } from 'node:timers/promises';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { hasUnprepared } from '#lib/server/evidence/checklist.repository.ts';

const APART_MS = 200;
const TIMES = 25;

/**
 * Waits until every page of an application has been looked into, for five seconds at most, so that a page drawn without a script can
 * say at once what became of them. Returns whether they have.
 */
export async function awaitPrepared(db: DbOrTrx, applicationId: string): Promise<boolean> {
	for (let time = 0; time < TIMES; time += 1) {
		if (!(await hasUnprepared(db, applicationId))) return true;
		await pause(APART_MS);
	}
	return !(await hasUnprepared(db, applicationId));
}
