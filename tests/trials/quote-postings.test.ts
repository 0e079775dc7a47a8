import { expect, test } from 'vitest';
import { addDays } from '#lib/domain/day.ts';
import type { QuoteTerms } from '#lib/domain/plan/quote-terms.ts';
import { findOwnAccountState } from '#lib/server/account/account-state.ts';
import { choosePlan } from '#lib/server/application/choose-plan.ts';
import { findCurrentApplication, type Owner } from '#lib/server/application/draft.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { submitApplication } from '#lib/server/application/submit-application.ts';
import { type Random, seededRandom } from '#lib/server/demo/random.ts';
import { listOptions } from '#lib/server/plan/list-options.ts';
import { quotedAccount, quoteFor } from '#lib/server/plan/quoted-account.ts';
import { findProduct } from '#lib/server/plan/read-products.ts';
import { termsHash } from '#lib/server/plan/record-quote.ts';
import { useDatabase } from '../support/database.ts';
import { AT, makeCardholder, TODAY } from '../support/trip.ts';

const ROUNDS = process.env['TRIALS'] === 'full' ? 1_000 : 100;
const SEED = 20_261_122;

const database = useDatabase();

/** What can happen to an account between a quote and its submission. */
const KINDS = [
	'purchase',
	'cash_advance',
	'interest',
	'fee',
	'late_fee',
	'payment',
	'refund',
	'waiver_interest',
	'waiver_fee',
] as const;

let happened = 0;

/** One random thing that the core's next export brings; `nothing` is the control. */
function somethingFor({ accountId }: Owner, random: Random): { what: string; bring: () => Promise<unknown> } {
	const { db } = database;
	const what = random.pick(['posting', 'posting', 'posting', 'posting', 'statement', 'policy', 'nothing']);
	const day = addDays(TODAY, -random.whole(0, 110));
	happened += 1;
	if (what === 'posting') {
		const posting = {
			account_id: accountId,
			id: `T-${String(happened)}`,
			posted_on: random.chance(15) ? addDays(TODAY, random.whole(1, 5)) : day,
			kind: random.pick(KINDS),
			amount: random.whole(1, 400_000),
		};
		return { what, bring: () => db.insertInto('posting').values(posting).execute() };
	}
	if (what === 'statement') {
		const statement_date = random.pick(['2026-08-17', '2026-09-17', '2026-10-17']);
		const minimum_payment_due = random.whole(1, 900_000);
		const bring = () =>
			db
				.updateTable('statement')
				.set({ minimum_payment_due })
				.where('account_id', '=', accountId)
				.where('statement_date', '=', statement_date)
				.execute();
		return { what, bring };
	}
	if (what === 'policy') {
		return { what, bring: () => changePolicy(day, `0.000${String(random.whole(100, 499))}`) };
	}
	return { what, bring: async () => undefined };
}

/** A new version of the policy that every account follows. */
async function changePolicy(effectiveOn: string, dailyInterestRate: string): Promise<void> {
	const { db } = database;
	const { terms } = await db
		.selectFrom('policy')
		.select('terms')
		.where('code', '=', 'cn-standard')
		.orderBy('effective_on')
		.executeTakeFirstOrThrow();
	const version = { code: 'cn-standard', effective_on: effectiveOn };
	const changed = JSON.stringify({ ...terms, dailyInterestRate });
	await db
		.insertInto('policy')
		.values({ ...version, terms: changed })
		.onConflict((conflict) => conflict.columns(['code', 'effective_on']).doUpdateSet({ terms: changed }))
		.execute();
}

async function choose(owner: Owner, random: Random): Promise<boolean> {
	const { db } = database;
	const request = {
		owner,
		today: TODAY,
		reason: 'unemployment',
		evidence: [],
		surplus: null,
		mostMonthly: null,
	} as const;
	const listed = await listOptions(db, { ...request, picks: {} });
	const [first, ...others] = listed.ok ? listed.options : [];
	if (!first) return false;
	const { product } = random.pick([first, ...others]);
	const [fewest = 1, ...more] = product.instalments;
	const [least = 0, ...longer] = product.deferralMonths;
	const choice = { instalments: random.pick([fewest, ...more]), deferralMonths: random.pick([least, ...longer]) };
	const pick = { productCode: product.code, productVersion: product.version, choice };
	return (await choosePlan(db, { owner, pick, today: TODAY, at: AT })).ok;
}

async function submit(owner: Owner) {
	const draft = await findCurrentApplication(database.db, owner);
	const form = { applicationId: draft?.id ?? '', version: draft?.version ?? 0, consent: true };
	return { form, send: () => submitApplication(database.db, { owner, form, today: TODAY, at: AT }) };
}

/** The hash of what the application's quote would be, worked out anew from the data as they are now. */
async function hashNow(owner: Owner): Promise<{ quoted: string; fresh: string; sameMark: boolean }> {
	const { db } = database;
	const draft = await findCurrentApplication(db, owner);
	const quote = await db
		.selectFrom('quote')
		.selectAll()
		.where('id', '=', draft?.quoteId ?? '')
		.executeTakeFirstOrThrow();
	const state = await findOwnAccountState(db, owner);
	const product = await findProduct(db, quote.product_code, quote.product_version);
	if (!state || state.beingChecked || !product) throw new Error('nothing to work out from');
	const terms = quote.terms as QuoteTerms;
	const made = quoteFor(product, { ...quotedAccount(state, quote.as_of), firstDueDate: terms.firstDueDate }, terms);
	return {
		quoted: quote.terms_hash.toString('hex'),
		fresh: made.ok ? termsHash(made.quote).toString('hex') : made.refusal,
		sameMark: quote.posting_mark === state.postingMark,
	};
}

test(`${String(ROUNDS)} random postings between quote and submission: not one old term is accepted`, async () => {
	const random = seededRandom(SEED);
	const seen = { accepted: 0, refused: 0, raced: 0 };
	for (let round = 0; round < ROUNDS; round += 1) {
		const owner = await makeCardholder(database.db);
		const form = { reason: 'unemployment', circumstances: '', budget: { wages: '4000' } };
		await saveHardship(database.db, { owner, form, locale: 'zh-CN', at: AT });
		expect(await choose(owner, random)).toBe(true);
		const before = await hashNow(owner);
		const event = somethingFor(owner, random);
		const { send } = await submit(owner);
		const isRace = random.chance(40);
		if (!isRace) await event.bring();
		const [outcome] = await Promise.all([send(), isRace ? event.bring() : undefined]);
		const after = await hashNow(owner);
		const where = `round ${String(round)}: ${event.what}${isRace ? ' at once' : ''}`;
		if (outcome.ok) {
			seen.accepted += 1;
			// Of two at once the submission may have come first: then its terms are those of the data before.
			const current = isRace ? [before.fresh, after.fresh] : [after.fresh];
			expect(current, where).toContain(after.quoted);
			if (!isRace) expect(after.sameMark, where).toBe(true);
		} else {
			seen.refused += 1;
			expect(outcome.refusals, where).toEqual([expect.stringMatching(/^(figures_changed|not_eligible)$/)]);
			expect(event.what, where).not.toBe('nothing');
			// Taking the new figures is all that it needs, wherever a plan is left to take.
			if (await choose(owner, random)) {
				const again = await (await submit(owner)).send();
				if (!again.ok) throw new Error(`${where}: ${again.refusals.join()}`);
				const { quoted, fresh, sameMark } = await hashNow(owner);
				expect([quoted, sameMark], where).toEqual([fresh, true]);
			}
		}
		if (isRace) seen.raced += 1;
	}
	expect(seen.accepted).toBeGreaterThan(ROUNDS / 20);
	expect(seen.refused).toBeGreaterThan(ROUNDS / 5);
	expect(seen.raced).toBeGreaterThan(ROUNDS / 5);
});
