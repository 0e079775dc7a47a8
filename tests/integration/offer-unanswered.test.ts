import { beforeAll, expect, test } from 'vitest';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { acceptOffer } from '#lib/server/offer/accept-offer.ts';
import { declineOffer } from '#lib/server/offer/decline-offer.ts';
import { lapseCounterOffers } from '#lib/server/offer/lapse-counter-offers.ts';
import { readWaitingOffer } from '#lib/server/offer/read-waiting-offer.ts';
import { sendOfferCode } from '#lib/server/offer/send-offer-code.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { type Held } from '../support/case-in-hand.ts';
import { offerCases } from '../support/offer-cases.ts';
import { codeFor, LONGER, offerOrder, waitingOffer } from '../support/counter-offer.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';

const database = useDatabase();
const { ownerOf, offered, stateOf, breachesOf } = offerCases(database);
beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

const post = (held: Held, amount = 10_000) =>
	database.db
		.insertInto('posting')
		.values({ account_id: held.accountId, id: `since ${held.accountId}`, posted_on: today(), kind: 'payment', amount })
		.execute();

test('something posted since: the right code accepts nothing on old terms, and the case goes back to its old place', async () => {
	const held = await offered();
	const owner = ownerOf(held);
	const { queuedAt } = await stateOf(held);
	const offer = await waitingOffer(database.db, owner);
	const code = await codeFor(database.db, owner, offer);
	await post(held);
	const { applicationId } = held;
	expect(await readWaitingOffer(database.db, { owner, applicationId, offers: [offer], at: now() })).toMatchObject({
		standing: 'overtaken',
	});
	const form = { owner, offerId: offer.id, termsHash: offer.quote.termsHash, code, at: now() };
	expect(await acceptOffer(database.db, form)).toEqual({ ok: false, refusal: 'overtaken' });
	expect(await stateOf(held)).toMatchObject({
		status: 'submitted',
		closedAt: null,
		queuedAt,
		offers: [{ answer: 'lapsed', confirmation_id: null }],
		agreements: [],
	});
	expect(await breachesOf(held)).toEqual([]);
	const again = await makeStaff(database.db, `after-${held.staffId}`);
	const claim = await claimNext(database.db, { staffId: again });
	expect(claim?.applicationId).toBe(applicationId);
	const order = await offerOrder(database.db, { ...held, staffId: again, fence: claim?.fence ?? 0 });
	expect(await decideApplication(database.db, order)).toMatchObject({ ok: true });
	expect((await stateOf(held)).offers).toHaveLength(2);
});

test('a product that is retired meanwhile is not agreed to, and no code is sent for it', async () => {
	const held = await offered();
	const owner = ownerOf(held);
	const offer = await waitingOffer(database.db, owner);
	const retire = (at: Date | null) =>
		database.db
			.updateTable('product')
			.set({ retired_at: at })
			.where('code', '=', LONGER.productCode)
			.where('version', '=', 1)
			.execute();
	await retire(now());
	try {
		const shown = { owner, offerId: offer.id, termsHash: offer.quote.termsHash, at: now() };
		expect(await sendOfferCode(database.db, shown)).toEqual({ ok: false, refusal: 'overtaken' });
	} finally {
		await retire(null);
	}
	expect(await stateOf(held)).toMatchObject({ status: 'submitted', closedAt: null });
});

test('“I cannot do this” goes back to the old place with its words, once', async () => {
	const held = await offered();
	const owner = ownerOf(held);
	const { queuedAt } = await stateOf(held);
	const offer = await waitingOffer(database.db, owner);
	const form = { owner, offerId: offer.id, termsHash: offer.quote.termsHash, words: '每月最多 300。', at: now() };
	expect(await declineOffer(database.db, { ...form, words: '很'.repeat(1_001) })).toEqual({
		ok: false,
		refusal: 'words_too_long',
	});
	const outcomes = await Promise.all([1, 2, 3].map(() => declineOffer(database.db, form)));
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
	expect(await stateOf(held)).toMatchObject({
		status: 'submitted',
		closedAt: null,
		queuedAt,
		offers: [{ answer: 'declined', answer_words: '每月最多 300。' }],
	});
	expect(await breachesOf(held)).toEqual([]);
});

test('accepted and declined at one moment is one of the two', async () => {
	const held = await offered();
	const owner = ownerOf(held);
	const offer = await waitingOffer(database.db, owner);
	const code = await codeFor(database.db, owner, offer);
	const form = { owner, offerId: offer.id, termsHash: offer.quote.termsHash, at: now() };
	const [accepted, declined] = await Promise.all([
		acceptOffer(database.db, { ...form, code }),
		declineOffer(database.db, { ...form, words: '' }),
	]);
	expect([accepted.ok, declined.ok].filter(Boolean)).toHaveLength(1);
	expect((await stateOf(held)).status).toBe(accepted.ok ? 'approved' : 'submitted');
	expect(await breachesOf(held)).toEqual([]);
});

test('an offer that nobody answers lapses once: withdrawn, told, and not accepted a moment later', async () => {
	const held = await offered();
	const owner = ownerOf(held);
	const offer = await waitingOffer(database.db, owner);
	const code = await codeFor(database.db, owner, offer);
	await lapseCounterOffers(database.db);
	expect(await stateOf(held)).toMatchObject({ status: 'counter_offered' });
	const form = { owner, offerId: offer.id, termsHash: offer.quote.termsHash, code };
	expect(await acceptOffer(database.db, { ...form, at: offer.expiresAt })).toEqual({
		ok: false,
		refusal: 'offer_over',
	});
	await database.db
		.updateTable('counter_offer')
		.set({ expires_at: new Date(now().getTime() - 1) })
		.where('id', '=', offer.id)
		.execute();
	await Promise.all([lapseCounterOffers(database.db), lapseCounterOffers(database.db)]);
	const state = await stateOf(held);
	expect(state).toMatchObject({ status: 'withdrawn', offers: [{ answer: 'lapsed' }] });
	expect(state.messages.filter((template) => template === 'counter_offer_lapsed')).toHaveLength(1);
	expect(await acceptOffer(database.db, { ...form, at: now() })).toEqual({ ok: false, refusal: 'not_found' });
});

test('an application with an offer can be withdrawn, and the offer ends with it', async () => {
	const held = await offered();
	const owner = ownerOf(held);
	const { applicationId } = held;
	expect(await withdrawApplication(database.db, { owner, applicationId, at: now() })).toEqual({ ok: true });
	expect(await stateOf(held)).toMatchObject({ status: 'withdrawn', offers: [{ answer: 'declined' }] });
	expect(await breachesOf(held)).toEqual([]);
});
