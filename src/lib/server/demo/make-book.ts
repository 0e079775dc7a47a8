import type { PolicyBook } from '#lib/domain/account/policy-book.ts';
import { type Day, dayNumber } from '#lib/domain/day.ts';
import { currencyOf } from '#lib/domain/money.ts';
import { castOf } from '#lib/server/demo/cast.ts';
import { lifeOfAccount } from '#lib/server/demo/life-of-account.ts';
import { seededRandom } from '#lib/server/demo/random.ts';
import type { DemoCustomer } from '#lib/server/demo/write-book.ts';

const POLICY = 'cn-standard';

/** What the demo's book is relative to; `timeZone` is where the first persons are, so that it is day for them. */
export interface BookRequest {
	readonly today: Day;
	readonly policies: PolicyBook;
	readonly timeZone: string;
}

/**
 * Makes up the demo's people and their accounts, the same each time on the same day. The phone numbers are in a range
 * that is given to nobody, and the last four of an ID number are those of the phone, so that a visitor can know them.
 */
export function makeBook({ today, policies, timeZone }: BookRequest): DemoCustomer[] {
	const random = seededRandom(dayNumber(today));
	let accounts = 0;
	return castOf(random).map(({ name, locale, parts }, place): DemoCustomer => {
		const number = 1001 + place;
		return {
			customerId: `C${String(number)}`,
			name,
			phone: `+86100${String(number).padStart(8, '0')}`,
			idLast4: String(number),
			locale,
			timeZone: place < FIRST_PERSONS ? timeZone : '',
			accounts: parts.map((part) => {
				const currency = currencyOf(part.currency ?? 'CNY');
				const found = policies.timelineOf(POLICY, currency);
				if (!found.ok) throw new Error(`the demo needs the policy ${POLICY}`);
				accounts += 1;
				return {
					accountId: `A${String(20_000 + accounts)}`,
					cardLast4: String(random.whole(1000, 9999)),
					policy: POLICY,
					bucket: part.bucket,
					badRow: part.badRow === true,
					agreedDaysAgo: part.agreedDaysAgo,
					...lifeOfAccount(part, { random, timeline: found.timeline, currency, today }),
				};
			}),
		};
	});
}

/** So many persons are told of by name when the demo is made. */
const FIRST_PERSONS = 2;
