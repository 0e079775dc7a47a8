import { sql } from 'kysely';
import type { WordKind } from '#lib/domain/application/free-words.ts';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { declineOffer } from '#lib/server/offer/decline-offer.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { type Held, inHand } from './case-in-hand.ts';
import { offerOrder, waitingOffer } from './counter-offer.ts';
import { DECLINE, object, takenByAnother } from './objection.ts';
import { makeStaff } from './staff.ts';

/** What everybody writes here, so that it is found wherever it stands. */
export const SECRET = '家母住院，细节请勿外传';

let looks = 0;

/** A case that was declined, objected to and declined again, with a note, a proposal and a second look: words in every place. */
export async function quarrelledCase(db: Db): Promise<Held> {
	const held = await inHand(db);
	const { applicationId, staffId, order } = held;
	await db.updateTable('application').set({ circumstances: SECRET }).where('id', '=', applicationId).execute();
	const by = { application_id: applicationId, fence: order.fence };
	await db
		.insertInto('approval')
		.values({
			...by,
			proposes: 'counter_offered',
			plan: JSON.stringify({
				productCode: 'personal-instalments',
				productVersion: 1,
				instalments: 24,
				deferralMonths: 0,
				firstDueDate: '2027-01-15',
			}),
			first_staff_id: staffId,
			words: SECRET,
			note: SECRET,
			checked: '[]',
			seen: '{}',
			inputs: '{}',
			proposed_at: now(),
			closed_at: now(),
			closed_as: 'returned',
		})
		.execute();
	const note = { application_id: applicationId, staff_id: staffId, body: SECRET, left_for: 'put_back' } as const;
	await db.insertInto('review_note').values(note).execute();
	const asked = { ...by, staff_id: staffId, words: SECRET, asked_at: now(), due_on: '2026-12-01' };
	const request = await db
		.insertInto('information_request')
		.values({ ...asked, closed_at: now(), closed_as: 'answered' })
		.returning('id')
		.executeTakeFirstOrThrow();
	const item = { request_id: request.id, application_id: applicationId, position: 1, what: 'answer' } as const;
	await db
		.insertInto('information_item')
		.values({ ...item, reason: 'to_understand', words: SECRET, answer: SECRET })
		.execute();
	await decide(db, { ...order, ...DECLINE, words: SECRET, note: SECRET });
	const objected = await object(db, held, { words: SECRET });
	if (!objected.ok) throw new Error(objected.refusal);
	await decide(db, { ...(await takenByAnother(db, held)), ...DECLINE, words: SECRET, note: SECRET });
	const looker = await makeStaff(db, `looker-${String(++looks)}`, 'supervisor');
	const { id } = await db
		.selectFrom('decision')
		.select('id')
		.where('application_id', '=', applicationId)
		.orderBy('decided_at')
		.executeTakeFirstOrThrow();
	await sql`insert into second_review (application_id, decision_id, drawn_at) values (${applicationId}, ${id}, now())
		on conflict do nothing`.execute(db);
	await db
		.updateTable('second_review')
		.set({ staff_id: looker, outcome: 'approved', note: SECRET, at: now() })
		.where('decision_id', '=', id)
		.execute();
	return held;
}

/** A case whose cardholder said no to an offer in their own words, and took the application back. */
export async function refusedOfferCase(db: Db): Promise<Held> {
	const held = await inHand(db);
	const { applicationId, cardholderId, accountId, staffId, order } = held;
	const owner = { cardholderId, accountId };
	await decide(db, await offerOrder(db, { applicationId, accountId, staffId, fence: order.fence }));
	const offer = await waitingOffer(db, owner);
	const shown = { owner, offerId: offer.id, termsHash: offer.quote.termsHash, at: now() };
	const answered = await declineOffer(db, { ...shown, words: SECRET });
	if (!answered.ok) throw new Error(answered.refusal);
	const withdrawn = await withdrawApplication(db, { owner, applicationId, at: now() });
	if (!withdrawn.ok) throw new Error(withdrawn.refusal);
	return held;
}

async function decide(db: Db, order: Held['order']): Promise<void> {
	const decided = await decideApplication(db, order);
	if (!decided.ok) throw new Error(decided.refusal);
}

/** In how many texts of each kind the words still stand, letters and all that is frozen included. */
export async function textsOf(db: Db, { applicationId: id }: Held): Promise<Partial<Record<WordKind, number>>> {
	const like = `%${SECRET}%`;
	const { rows } = await sql<{ kind: WordKind; count: number }>`
		select kind, count(*) as count from (
			select 'situation' as kind from application where id = ${id} and circumstances like ${like}
			union all select 'asked' from information_request where application_id = ${id} and words like ${like}
			union all select 'asked' from information_item where application_id = ${id} and words like ${like}
			union all select 'asked' from information_item where application_id = ${id} and answer like ${like}
			union all select 'offer_answer' from counter_offer where application_id = ${id} and answer_words like ${like}
			union all select 'objection' from objection where application_id = ${id} and words like ${like}
			union all select 'decision' from decision where application_id = ${id} and words like ${like}
			union all select 'decision' from decision where application_id = ${id} and inputs::text like ${like}
			union all select 'decision' from approval where application_id = ${id} and words like ${like}
			union all select 'note' from approval where application_id = ${id} and note like ${like}
			union all select 'note' from decision where application_id = ${id} and note like ${like}
			union all select 'note' from review_note where application_id = ${id} and body like ${like}
			union all select 'note' from second_review where application_id = ${id} and note like ${like}
		) texts group by kind`.execute(db);
	return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}
