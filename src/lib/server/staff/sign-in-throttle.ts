import type { Throttle } from '#lib/domain/access/throttle.ts';
import { countUnlessTooMany, forgetCounts, hashForLimits } from '#lib/server/access/throttle.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';

/** Tries at one login; few enough for no guess, short enough that a stranger keeps nobody out for long. */
const OF_LOGIN: Throttle = { most: 5, minutes: 15 };
/** Tries from one address, which a whole office may share. */
const FROM_ADDRESS: Throttle = { most: 60, minutes: 15 };

/**
 * Counts a try before anything is compared, so that many at once cannot slip past. Returns when the next try will be
 * looked at, where there were too many. Logins that do not exist are counted just the same.
 */
export async function throttleSignIn(db: Db, { login, ip }: { login: string; ip: string }): Promise<Date | undefined> {
	return db.transaction().execute(async (trx) => {
		const address = hashForLimits(`staff ${ip}`);
		return (
			(await countUnlessTooMany(trx, { what: 'ask-address', of: address, throttle: FROM_ADDRESS })) ??
			(await countUnlessTooMany(trx, { what: 'try', of: targetOf(login), throttle: OF_LOGIN }))
		);
	});
}

/** Starts the count of a login afresh, once its owner has signed in. */
export async function forgetSignInTries(trx: Trx, login: string): Promise<void> {
	await forgetCounts(trx, targetOf(login));
}

function targetOf(login: string): Buffer {
	return hashForLimits(`staff ${login}`);
}
