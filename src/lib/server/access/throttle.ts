import { createHmac } from 'node:crypto';
import { type Throttle, countsSince, freeAgainAt, minuteOf } from '#lib/domain/access/throttle.ts';
import { addCount, deleteCounts, listCounts, lockKey } from '#lib/server/access/throttle.repository.ts';
import { now } from '#lib/server/clock.ts';
import { deriveKey } from '#lib/server/crypto/derive-key.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/**
 * What is counted to the last one: codes sent and codes compared, for a target (a link, a pair of numbers, a number); and
 * the staff's tries from one address, which are few.
 */
export type Counted = 'send' | 'try' | 'ask-address';

/**
 * Counts one more, unless that would be too many: then nothing is counted, and it returns when the next is allowed. Those
 * who count the same at once wait for each other, so that no more than the throttle's most ever pass.
 */
export async function countUnlessTooMany(
	trx: Trx,
	{ what, of, throttle }: { what: Counted; of: Buffer; throttle: Throttle },
): Promise<Date | undefined> {
	const at = now();
	const key = keyOf(what, of);
	await lockKey(trx, key);
	const free = freeAgainAt(throttle, await listCounts(trx, key, countsSince(throttle, at)), at);
	if (!free) await addCount(trx, key, minuteOf(at));
	return free;
}

/** Starts the counts of a target afresh, once its owner has signed in or support has unlocked it; returns what it had. */
export async function forgetCounts(trx: Trx, target: Buffer): Promise<{ sends: number; tries: number }> {
	return {
		sends: await deleteCounts(trx, keyOf('send', target)),
		tries: await deleteCounts(trx, keyOf('try', target)),
	};
}

/** What limits count by stands in the database only keyed: neither a number nor an address can be read from it. */
export function hashForLimits(text: string): Buffer {
	return createHmac('sha256', deriveKey('rate-limit')).update(text).digest();
}

function keyOf(what: Counted, of: Buffer): string {
	return `sign-in:${what}:${of.toString('base64url')}`;
}

/** When the next is allowed, where it is not allowed now; counts nothing. */
export async function nextAllowed(
	trx: Trx,
	{ what, of, throttle }: { what: Counted; of: Buffer; throttle: Throttle },
): Promise<Date | undefined> {
	const at = now();
	return freeAgainAt(throttle, await listCounts(trx, keyOf(what, of), countsSince(throttle, at)), at);
}

/** Makes those who begin a challenge about the same target wait for each other. */
export async function lockTarget(trx: Trx, target: Buffer): Promise<void> {
	await lockKey(trx, `sign-in:begin:${target.toString('base64url')}`);
}
