import { beforeAll, expect, test } from 'vitest';
import { now, today } from '#lib/server/clock.ts';
import { acceptOffer } from '#lib/server/offer/accept-offer.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { CHECKS } from '../support/checks.ts';
import { inHand } from '../support/case-in-hand.ts';
import { offerCases } from '../support/offer-cases.ts';
import { codeFor, waitingOffer } from '../support/counter-offer.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const { ownerOf, orderFor, offered, stateOf, breachesOf } = offerCases(database);
beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

test('an offer is a decision with its own quote, waits for its cardholder, and tells them', async () => {
	const held = await offered();
	const state = await stateOf(held);
	expect(state).toMatchObject({ status: 'counter_offered', agreements: [] });
	expect(state.closedAt).not.toBeNull();
	expect(state.messages).toEqual(['application_received', 'application_counter_offered']);
	const [offer] = state.offers;
	expect(offer?.answer).toBeNull();
	expect(offer?.quote_id).not.toBe(state.quoteId);
	expect((offer?.expires_at.getTime() ?? 0) - (offer?.offered_at.getTime() ?? 0)).toBe(7 * 86_400_000);
	const hands = await database.db
		.selectFrom('application_hand')
		.selectAll()
		.where('application_id', '=', held.applicationId)
		.execute();
	expect(hands).toEqual([]);
	expect(await breachesOf(held)).toEqual([]);
});

test('an offer needs every check, a plan that is offered, and the figures that were shown', async () => {
	const held = await inHand(database.db);
	const order = await orderFor(held);
	const { offer } = order;
	if (!offer) throw new Error('no offer');
	const refused = [
		{ ...order, checked: CHECKS.slice(1) },
		{ ...order, offer: null },
		{ ...order, offer: { ...offer, productVersion: 2 } },
		{ ...order, offer: { ...offer, choice: { instalments: 13, deferralMonths: 0 } } },
		{ ...order, offer: { ...offer, firstDueDate: today() } },
		{ ...order, offer: { ...offer, termsHash: 'f'.repeat(64) } },
		{ ...order, seen: { ...order.seen, postingMark: order.seen.postingMark + 1 } },
		{ ...order, fence: order.fence + 1 },
	];
	const outcomes = [];
	for (const one of refused) outcomes.push(await decideApplication(database.db, one));
	expect(outcomes.map((outcome) => (outcome.ok ? 'decided' : outcome.refusal))).toEqual([
		'unchecked',
		'offer_missing',
		'not_offered',
		'instalments_not_offered',
		'first_due_date_past',
		'offer_changed',
		'figures_changed',
		'stale_fence',
	]);
	expect(await stateOf(held)).toMatchObject({ status: 'in_review', offers: [] });
});

test('accepting with the code approves on the offered plan, once, however often it is sent at once', async () => {
	const held = await offered();
	const owner = ownerOf(held);
	const offer = await waitingOffer(database.db, owner);
	const code = await codeFor(database.db, owner, offer);
	const form = { owner, offerId: offer.id, termsHash: offer.quote.termsHash, code, at: now() };
	const outcomes = await Promise.all([1, 2, 3, 4].map(() => acceptOffer(database.db, form)));
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
	const state = await stateOf(held);
	expect(state).toMatchObject({
		status: 'approved',
		quoteId: offer.quote.id,
		offers: [{ answer: 'accepted' }],
		agreements: [{ quote_id: offer.quote.id }],
	});
	expect(await breachesOf(held)).toEqual([]);
});

test('an offer takes its own code and its own terms only, and never another’s session', async () => {
	const held = await offered();
	const owner = ownerOf(held);
	const other = ownerOf(await offered());
	const offer = await waitingOffer(database.db, owner);
	const code = await codeFor(database.db, owner, offer);
	const othersCode = await codeFor(database.db, other, await waitingOffer(database.db, other));
	const form = { owner, offerId: offer.id, termsHash: offer.quote.termsHash, code, at: now() };
	const accept = async (change: Partial<typeof form>) => {
		const outcome = await acceptOffer(database.db, { ...form, ...change });
		return outcome.ok ? 'accepted' : outcome.refusal;
	};
	expect(await accept({ owner: other })).toBe('not_found');
	expect(await accept({ owner: { ...other, accountId: owner.accountId } })).toBe('not_found');
	expect(await accept({ termsHash: '0'.repeat(64) })).toBe('changed_elsewhere');
	expect(await accept({ code: othersCode === code ? '000000' : othersCode })).toBe('wrong');
	expect(await stateOf(held)).toMatchObject({ status: 'counter_offered', agreements: [] });
	expect(await accept({})).toBe('accepted');
});

test('without a code sent nothing is accepted, and five wrong ones end it', async () => {
	const held = await offered();
	const owner = ownerOf(held);
	const offer = await waitingOffer(database.db, owner);
	const form = { owner, offerId: offer.id, termsHash: offer.quote.termsHash, at: now() };
	expect(await acceptOffer(database.db, { ...form, code: '123456' })).toEqual({ ok: false, refusal: 'over' });
	const code = await codeFor(database.db, owner, offer);
	const wrong = code === '111111' ? '222222' : '111111';
	for (let tries = 0; tries < 5; tries += 1) await acceptOffer(database.db, { ...form, code: wrong });
	expect(await acceptOffer(database.db, { ...form, code })).toEqual({ ok: false, refusal: 'no_more_tries' });
	expect(await stateOf(held)).toMatchObject({ status: 'counter_offered' });
});
