import { randomInt } from 'node:crypto';
import { type Throttle, countsSince, freeAgainAt, minuteOf } from '#lib/domain/access/throttle.ts';
import { addCount, listCountsOf } from '#lib/server/access/throttle.repository.ts';
import { hashForLimits } from '#lib/server/access/throttle.ts';
import { now } from '#lib/server/clock.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/**
 * What many do at once: ask from one address, send and fail in all. What is done for nobody (`-nobody`) is written down
 * just the same and held against nobody: else invented numbers would close the door to real ones.
 */
export type CrowdCounted =
	'ask-address' | 'failure-address' | 'send-all' | 'send-all-nobody' | 'failure-all' | 'failure-all-nobody';

/** A count that many add to stands in so many rows, so that hardly two ever wait for the same one. */
const SHARDS = 16;

/** `of` is what is counted apart, such as an address; none for everybody. */
interface Crowd {
	readonly what: CrowdCounted;
	readonly of?: string;
}

/**
 * When the next is allowed, where it is not allowed now. Nobody waits for anybody: of those at the same instant a few too
 * many may pass, which a limit of this size can bear.
 */
export async function nextAllowedInCrowd(
	trx: Trx,
	{ throttle, ...crowd }: Crowd & { readonly throttle: Throttle },
): Promise<Date | undefined> {
	const at = now();
	const keys = Array.from({ length: SHARDS }, (_, shard) => keyOf(crowd, shard));
	return freeAgainAt(throttle, await listCountsOf(trx, keys, countsSince(throttle, at)), at);
}

/** Counts one more. */
export async function countInCrowd(trx: Trx, crowd: Crowd): Promise<void> {
	await addCount(trx, keyOf(crowd, randomInt(SHARDS)), minuteOf(now()));
}

function keyOf({ what, of }: Crowd, shard: number): string {
	const apart = of === undefined ? '' : `${hashForLimits(of).toString('base64url')}:`;
	return `sign-in:${what}:${apart}${String(shard)}`;
}
