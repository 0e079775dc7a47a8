import { type Throttle, minuteOf } from '#lib/domain/access/throttle.ts';
import { nextAllowedInCrowd } from '#lib/server/access/crowd.ts';
import { now } from '#lib/server/clock.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { log } from '#lib/server/log.ts';

let toldFor = 0;

/**
 * Whether so much is going on over all people that nobody is served for a minute: a flood, since the limit is far above any
 * real rush. Whoever runs the portal reads it in the log, once a minute from each process.
 */
export async function isBusy(trx: Trx, what: 'send-all' | 'failure-all', throttle: Throttle): Promise<boolean> {
	if ((await nextAllowedInCrowd(trx, { what, throttle })) === undefined) return false;
	const minute = minuteOf(now()).getTime();
	if (toldFor !== minute)
		log.warn({ failure: what, count: throttle.most }, 'the door is busy: a limit in all is reached');
	toldFor = minute;
	return true;
}
