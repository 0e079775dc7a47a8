import { now } from '#lib/server/clock.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import type { Db, DbOrTrx } from '#lib/server/db/connect.ts';
import { countTry, forgetTries, listTries } from '#lib/server/staff/sign-in-throttle.repository.ts';

/** The most tries within any quarter of an hour for one login, and from one address, which a whole office may share. */
const MOST_OF_LOGIN = 5;
const MOST_FROM_ADDRESS = 60;
const MINUTE_MS = 60_000;
const WITHIN_MS = 15 * MINUTE_MS;

/**
 * Counts a try before anything is compared, so that many at once cannot slip past. Returns when the next try will be
 * looked at, where there were too many; that is soon enough that a stranger who mistypes on purpose keeps nobody out for
 * long. Logins that do not exist are counted just the same.
 */
export async function throttleSignIn(db: Db, { login, ip }: { login: string; ip: string }): Promise<Date | undefined> {
	const byIp = await tooMany(db, `staff-sign-in:ip:${sha256Hex(ip)}`, MOST_FROM_ADDRESS);
	const byLogin = await tooMany(db, keyOf(login), MOST_OF_LOGIN);
	if (!byIp || !byLogin) return byIp ?? byLogin;
	return byIp > byLogin ? byIp : byLogin;
}

/** Starts the count of a login afresh, once its owner has signed in. */
export async function forgetSignInTries(db: DbOrTrx, login: string): Promise<void> {
	await forgetTries(db, keyOf(login));
}

/** Tries are counted by the minute, so that the limit holds over every such stretch of time and not only from window to window. */
async function tooMany(db: Db, key: string, most: number): Promise<Date | undefined> {
	const at = now().getTime();
	await countTry(db, { key, windowStart: new Date(Math.floor(at / MINUTE_MS) * MINUTE_MS) });
	const minutes = await listTries(db, { key, since: new Date(at - WITHIN_MS) });
	let left = minutes.reduce((sum, { count }) => sum + count, 0);
	if (left <= most) return undefined;
	for (const { windowStart, count } of minutes) {
		left -= count;
		if (left < most) return new Date(windowStart.getTime() + WITHIN_MS + MINUTE_MS);
	}
	return new Date(at + WITHIN_MS);
}

function keyOf(login: string): string {
	return `staff-sign-in:login:${sha256Hex(login)}`;
}
