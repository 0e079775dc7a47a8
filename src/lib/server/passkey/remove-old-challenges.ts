import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { deleteChallengesBefore } from '#lib/server/passkey/challenge.repository.ts';

const DAY_MS = 86_400_000;

/** Removes the challenges that have been over for a day. */
export async function removeOldPasskeyChallenges(db: Db): Promise<void> {
	await deleteChallengesBefore(db, new Date(now().getTime() - DAY_MS));
}
