import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { productName } from '#lib/domain/plan/product.ts';
import { askForOffer } from '#lib/server/application/ask-for-offer.ts';
import { choosePlan, type ChooseRefusal } from '#lib/server/application/choose-plan.ts';
import { findWholeApplication } from '#lib/server/application/read-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { listOptions } from '#lib/server/plan/list-options.ts';
import { figuresOfQuote } from '#lib/server/plan/read-quote.ts';
import { amountProblemWords } from '#lib/messages/budget-words.ts';
import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { draftRefusalWords } from '../draft-words.ts';
import { ownerOf } from '../owner.ts';
import { readPlansQuery } from './query.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const owner = await ownerOf(locals);
	const application = await findWholeApplication(locals.db, owner);
	if (!application || application.status === 'declined') redirect(303, '/hardship');
	if (application.status !== 'draft') redirect(303, '/application');
	const { budget, reason, quote, currency } = application;
	const { monthly, mostMonthly, picks } = readPlansQuery(url.searchParams, currency);
	const chosen = quote?.plan;
	const evidence = application.evidence.map(({ kind }) => kind);
	const listed = await listOptions(locals.db, {
		owner,
		today: today(),
		reason,
		evidence,
		surplus: budget.surplus,
		mostMonthly: mostMonthly?.ok ? mostMonthly.amount : null,
		// What was chosen before is what its card shows first.
		picks: chosen && mostMonthly === null ? { [chosen.productCode]: chosen, ...picks } : picks,
	});
	// An account that is being checked says so on its own page.
	if (!listed.ok) redirect(303, '/debt');
	const locale = getLocale();
	return {
		currency: currency.code,
		owed: listed.account.figures.totalOutstanding,
		surplus: budget.surplus,
		monthly,
		monthlyError: mostMonthly?.ok === false ? amountProblemWords(mostMonthly.refusal) : undefined,
		hasChosen: chosen !== undefined,
		wantsOffer: application.wantsOffer,
		options: listed.options.map(({ product, choice, quote: made, fit }) => ({
			code: product.code,
			version: product.version,
			name: productName(product, locale),
			validityDays: product.validityDays,
			offered: { instalments: product.instalments, deferralMonths: product.deferralMonths },
			choice,
			fit,
			plan: figuresOfQuote(made),
			isChosen:
				chosen?.productCode === product.code &&
				chosen.instalments === choice.instalments &&
				chosen.deferralMonths === choice.deferralMonths,
		})),
		closed: listed.closed.map(({ product, because }) => ({ name: productName(product, locale), because })),
	};
};

const count = v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number));
const schema = v.object({
	product: v.pipe(v.string(), v.maxLength(64)),
	version: count,
	instalments: count,
	deferral: count,
});

export const actions: Actions = {
	/** None of the plans fits: the bank is asked for one. */
	offer: async ({ locals }) => {
		const asked = await askForOffer(locals.db, { owner: await ownerOf(locals), at: now() });
		if (!asked.ok) return fail(409, { refusal: draftRefusalWords(asked.refusal) });
		redirect(303, '/check');
	},
	choose: async ({ locals, request }) => {
		const owner = await ownerOf(locals);
		const parsed = v.safeParse(schema, Object.fromEntries(await request.formData()));
		if (!parsed.success) return fail(400, { refusal: m.choose_numbers() });
		const { product, version, instalments, deferral } = parsed.output;
		const pick = {
			productCode: product,
			productVersion: version,
			choice: { instalments, deferralMonths: deferral },
		};
		const chosen = await choosePlan(locals.db, { owner, pick, today: today(), at: now() });
		if (!chosen.ok) return fail(409, { refusal: REFUSALS[chosen.refusal]() });
		redirect(303, '/check');
	},
};

const REFUSALS: Readonly<Record<ChooseRefusal, () => string>> = {
	no_draft: m.draft_none,
	already_submitted: m.draft_already_submitted,
	being_checked: m.debt_checked_title,
	not_offered: m.choose_not_offered,
	not_eligible: m.choose_not_eligible,
	nothing_owed: m.plans_nothing_owed,
	currency_not_offered: m.closed_currency,
	instalments_not_offered: m.choose_numbers,
	deferral_not_offered: m.choose_numbers,
	first_due_date_past: m.choose_first_due,
	first_due_date_too_late: m.choose_first_due,
	amount_too_large: m.closed_amount_too_large,
};
