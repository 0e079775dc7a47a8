import { listSilencedPeople, type SilencedPerson } from '#lib/server/access/silenced-people.ts';
import { now } from '#lib/server/clock.ts';
import { listWaitingChanges, type WaitingChange } from '#lib/server/contact-number/read-number-change.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { readSupportRules } from '#lib/server/support/support-rules.ts';

/** What waits for support when nobody is on the line. */
export interface SupportStart {
	readonly changes: readonly (WaitingChange & { readonly name: string })[];
	/** People whose number was silenced in the last so many days, and is so still. */
	readonly silenced: readonly SilencedPerson[];
	readonly days: number;
}

/** More than so many of either are for another day. */
const MOST = 50;
const DAY_MS = 86_400_000;

/** The short lists of the start page, for one of support. */
export async function readSupportStart(db: Db, staffId: string): Promise<SupportStart> {
	const { recentChangeDays: days } = await readSupportRules(db);
	const since = new Date(now().getTime() - days * DAY_MS);
	return {
		changes: await listWaitingChanges(db, { staffId, most: MOST }),
		silenced: (await listSilencedPeople(db)).filter(({ silencedAt }) => silencedAt > since),
		days,
	};
}
