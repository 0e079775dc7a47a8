import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { STATUSES } from '#lib/domain/application/status.ts';
import { addWorkingDays } from '#lib/domain/application/working-days.ts';
import { askForOffer } from '#lib/server/application/ask-for-offer.ts';
import { choosePlan } from '#lib/server/application/choose-plan.ts';
import { findCurrentApplication, type Owner } from '#lib/server/application/draft.ts';
import { findWholeApplication } from '#lib/server/application/read-application.ts';
import { reviseApplication } from '#lib/server/application/revise-application.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { submitApplication } from '#lib/server/application/submit-application.ts';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { type Random, seededRandom } from '#lib/server/demo/random.ts';
import { sweep } from '#lib/server/jobs/sweep.ts';
import { acceptOffer } from '#lib/server/offer/accept-offer.ts';
import { declineOffer } from '#lib/server/offer/decline-offer.ts';
import { answerRequest } from '#lib/server/request/answer-request.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { requestMore } from '#lib/server/review/request-more.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';
import { releaseReview } from '#lib/server/review/release-review.ts';
import { listBreaches } from '../support/breaches.ts';
import { codeFor, LONGER, offerOrder } from '../support/counter-offer.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';
import { makeOverdueAccount } from '../support/submitted-application.ts';

const database = useDatabase();
const START = new Date('2026-11-21T02:00:00Z').getTime();

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
	vi.useFakeTimers({ toFake: ['Date'], now: START });
});
afterAll(() => {
	vi.useRealTimers();
});

/** Everything that a cardholder, the staff, the core and the clock can do, asked for in any order whatever. */
function movesFor(
	owner: Owner,
	staff: readonly [string, ...string[]],
	random: Random,
): Record<string, () => Promise<unknown>> {
	const { db } = database;
	const current = async () => (await findCurrentApplication(db, owner))?.id ?? '00000000-0000-4000-8000-000000000000';
	const waiting = async () => (await findWholeApplication(db, owner))?.offers.find(({ answer }) => answer === null);
	const order = async (outcome: 'approved' | 'declined' | 'counter_offered') => {
		const staffId = random.pick(staff);
		const claim = await claimNext(db, { staffId });
		if (!claim) return;
		const { applicationId, fence } = claim;
		const choice = { instalments: random.pick([18, 24, 36]), deferralMonths: 0 };
		const { account_id: accountId } = await db
			.selectFrom('application')
			.select('account_id')
			.where('id', '=', applicationId)
			.executeTakeFirstOrThrow();
		const filled = await offerOrder(db, { applicationId, accountId, staffId, fence }, { ...LONGER, choice });
		await decideApplication(db, { ...filled, outcome, reason: outcome === 'declined' ? 'able_to_pay' : null });
	};
	const moves: Record<string, () => Promise<unknown>> = {
		askMore: async () => {
			const staffId = random.pick(staff);
			const claim = await claimNext(db, { staffId });
			if (!claim) return;
			const { applicationId, fence } = claim;
			const { account_id: accountId } = await db
				.selectFrom('application')
				.select('account_id')
				.where('id', '=', applicationId)
				.executeTakeFirstOrThrow();
			const filled = await offerOrder(db, { applicationId, accountId, staffId, fence }, LONGER);
			const dueOn = addWorkingDays(today(), random.pick([2, 5]), await readWorkCalendar(db));
			const items = [{ what: 'evidence', kind: 'payslip', reason: 'missing', words: '' }] as const;
			await requestMore(db, { ...filled, request: { items, dueOn, words: '' } });
		},
		bring: async () => {
			const deed = random.pick(['send', 'send_anyway'] as const);
			const form = { applicationId: await current(), answers: [], deed };
			return answerRequest(db, { owner, form, at: now() });
		},
		save: () => {
			const budget = { wages: String(random.whole(2000, 9000)), housing: '1500' };
			const reason = random.pick(['unemployment', 'disaster', 'illness_or_injury']);
			return saveHardship(db, { owner, form: { reason, circumstances: '', budget }, locale: 'zh-CN', at: now() });
		},
		choose: () => {
			const choice = { instalments: random.pick([6, 12, 24]), deferralMonths: 0 };
			const pick = { productCode: 'personal-instalments', productVersion: 1, choice };
			return choosePlan(db, { owner, pick, today: today(), at: now() });
		},
		ask: () => askForOffer(db, { owner, at: now() }),
		submit: async () => {
			const draft = await findCurrentApplication(db, owner);
			const form = { applicationId: await current(), version: draft?.version ?? 0, consent: true };
			return submitApplication(db, { owner, form, today: today(), at: now() });
		},
		withdraw: async () =>
			random.chance(25) && withdrawApplication(db, { owner, applicationId: await current(), at: now() }),
		change: async () =>
			random.chance(40) && reviseApplication(db, { owner, applicationId: await current(), today: today(), at: now() }),
		claim: () => claimNext(db, { staffId: random.pick(staff) }),
		putBack: async () => {
			const staffId = random.pick(staff);
			const claim = await claimNext(db, { staffId });
			return claim && releaseReview(db, { ...claim, staffId, note: 'Somebody else, please.' });
		},
		offer: () => order('counter_offered'),
		offerAgain: () => order('counter_offered'),
		approve: () => (random.chance(70) ? order('approved') : Promise.resolve()),
		decline: () => (random.chance(50) ? order('declined') : Promise.resolve()),
		accept: async () => {
			const offer = await waiting();
			if (!offer || offer.expiresAt <= now()) return;
			const code = await codeFor(db, owner, offer).catch(() => '000000');
			const form = { owner, offerId: offer.id, termsHash: offer.quote.termsHash, at: now() };
			return acceptOffer(db, { ...form, code: random.chance(70) ? code : '123456' });
		},
		refuse: async () => {
			const offer = await waiting();
			const form = { owner, offerId: offer?.id ?? '', termsHash: offer?.quote.termsHash ?? '', at: now() };
			return offer && declineOffer(db, { ...form, words: 'Too much.' });
		},
		post: () => {
			const posting = {
				account_id: owner.accountId,
				id: `W-${String(random.whole(1, 2e9))}`,
				kind: 'payment' as const,
			};
			return random.chance(40)
				? db
						.insertInto('posting')
						.values({ ...posting, posted_on: today(), amount: 100 })
						.execute()
				: Promise.resolve();
		},
		wait: async () => {
			vi.setSystemTime(now().getTime() + random.pick([60_000, 3_600_000, 3_600_000, 86_400_000, 8 * 86_400_000]));
			await sweep(db);
		},
	};
	const inOrder = async (...names: string[]) => {
		for (const name of names) await moves[name]?.();
	};
	return {
		...moves,
		// The way forward is taken more often than any order at random would take it.
		send: () => inOrder('save', 'choose', 'submit'),
		sendAsking: () => inOrder('save', 'ask', 'submit'),
		offerAndAccept: () => inOrder('offer', 'accept'),
		acceptAgain: () => inOrder('accept'),
	};
}

const all = new Set<string>();

test.each([1, 2, 3, 4])(
	'whatever is done in whatever order, every promise between the records stays true (walk %i)',
	async (seed) => {
		const { db } = database;
		const random = seededRandom(seed);
		const owners: Owner[] = [];
		for (const n of [1, 2, 3]) {
			const { cardholderId, accountId } = await makeOverdueAccount(db, seed * 100 + n);
			owners.push({ cardholderId, accountId });
		}
		const staff: [string, ...string[]] = [
			await makeStaff(db, `walker-${String(seed)}-1`),
			await makeStaff(db, `walker-${String(seed)}-2`),
		];
		const [first, ...others] = owners;
		if (!first) throw new Error('nobody walks');
		for (let step = 0; step < 70; step += 1) {
			const moves = movesFor(random.pick([first, ...others]), staff, random);
			const [name, ...names] = Object.keys(moves);
			const chosen = random.pick([name ?? '', ...names]);
			// Now and then two things at once, of the same person.
			const together = random.chance(25)
				? [moves[chosen]?.(), moves[random.pick([name ?? '', ...names])]?.()]
				: [moves[chosen]?.()];
			await Promise.all(together);
			if (step % 10 === 9) expect(await listBreaches(db), `after ${chosen}, step ${String(step)}`).toEqual([]);
		}
		const reached = await db
			.selectFrom('audit_log')
			.select('action')
			.distinct()
			.where('action', 'like', 'application.moved_to_%')
			.execute();
		for (const { action } of reached) all.add(action);
	},
);

test('the walks came to every status there is, so that they show something', () => {
	const statuses = STATUSES.filter((status) => status !== 'draft');
	expect([...all].sort()).toEqual(statuses.map((status) => `application.moved_to_${status}`).sort());
});
