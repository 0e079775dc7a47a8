import { expect } from 'vitest';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { listBreaches } from './breaches.ts';
import { type Held, inHand } from './case-in-hand.ts';
import { LONGER, offerOrder } from './counter-offer.ts';
import type { TestDatabase } from './database.ts';

/** Cases to which the bank has made an offer, and how each stands, in the database of one test file. */
export function offerCases(database: TestDatabase) {
	const ownerOf = ({ cardholderId, accountId }: Held) => ({ cardholderId, accountId });
	const orderFor = (held: Held, pick = LONGER) => offerOrder(database.db, { ...held, fence: held.order.fence }, pick);

	async function offered(): Promise<Held> {
		const held = await inHand(database.db);
		expect(await decideApplication(database.db, await orderFor(held))).toMatchObject({ ok: true });
		return held;
	}

	async function stateOf({ applicationId }: Held) {
		const { db } = database;
		const application = await db
			.selectFrom('application as a')
			.innerJoin('review as r', 'r.application_id', 'a.id')
			.select(['a.status', 'a.quote_id as quoteId', 'r.closed_at as closedAt', 'r.queued_at as queuedAt'])
			.where('a.id', '=', applicationId)
			.executeTakeFirstOrThrow();
		const offers = await db
			.selectFrom('counter_offer')
			.selectAll()
			.where('application_id', '=', applicationId)
			.execute();
		const agreements = await db
			.selectFrom('agreement')
			.select('quote_id')
			.where('application_id', '=', applicationId)
			.execute();
		const messages = await db
			.selectFrom('outbox_message')
			.select('template')
			.where('application_id', '=', applicationId)
			.orderBy('created_at')
			.execute();
		return { ...application, offers, agreements, messages: messages.map(({ template }) => template) };
	}

	/** What `verify` says of the case; `inHand` takes the cases of other tests out of the queue by hand. */
	async function breachesOf({ reference }: Held) {
		return (await listBreaches(database.db)).filter(({ record }) => record.includes(reference));
	}

	return { ownerOf, orderFor, offered, stateOf, breachesOf };
}
