import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { draftFields } from '#lib/domain/application/form-draft.ts';
import { firstDueWindow, readFirstDueDate } from '#lib/domain/plan/first-due-date.ts';
import { foreignIn } from '#lib/domain/language.ts';
import { type Product, productName, quotedProduct } from '#lib/domain/plan/product.ts';
import { askForOffer } from '#lib/server/application/ask-for-offer.ts';
import { choosePlan } from '#lib/server/application/choose-plan.ts';
import { findCurrentApplication, type Owner } from '#lib/server/application/draft.ts';
import { findWholeApplication } from '#lib/server/application/read-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { findDraft } from '#lib/server/form-draft/find-draft.ts';
import { keepDraft } from '#lib/server/form-draft/keep-draft.ts';
import { compareOptions } from '#lib/server/plan/compare-options.ts';
import { amountProblemWords } from '#lib/messages/budget-words.ts';
import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { draftRefusalWords } from '../draft-words.ts';
import { ownerOf } from '../owner.ts';
import { chooseRefusalWords, firstDueWords } from './choose-words.ts';
import { mostMonthlyOf, plansQuery, readPlansQuery } from './query.ts';
import type { Actions, PageServerLoad } from './$types';

/** A small script has the server work the plans out anew while one types: its rules and words weigh more than its answers. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, url }) => {
	const owner = await ownerOf(locals);
	const application = await findWholeApplication(locals.db, owner);
	if (!application || application.status === 'declined') redirect(303, '/hardship');
	if (application.status !== 'draft') redirect(303, '/application');
	const { budget, reason, quote, currency } = application;
	const { surplus, income, outgoings } = budget;
	// An address that asks for nothing shows what was named last, on whichever device.
	const asked = readPlansQuery(url.searchParams);
	const asksNothing = plansQuery(asked).size === 0;
	const unsent = asksNothing ? await findDraft(locals.db, owner, { form: 'plans', subjectId: application.id }) : {};
	const query = asksNothing ? readPlansQuery(new URLSearchParams(unsent)) : asked;
	const mostMonthly = mostMonthlyOf(query.monthly, currency);
	const named = mostMonthly?.ok ? mostMonthly.amount : null;
	const chosen = quote?.plan;
	// What was chosen before is what its card shows first.
	const picks =
		chosen && (mostMonthly === null || asksNothing)
			? { [chosen.productCode]: chosenNumbers(chosen), ...query.picks }
			: query.picks;
	const first = query.first.trim() === '' ? undefined : readFirstDueDate(query.first, today());
	const kept = chosen && readFirstDueDate(chosen.firstDueDate, today());
	const compared = await compareOptions(locals.db, {
		owner,
		today: today(),
		reason,
		evidence: application.evidence.map(({ kind }) => kind),
		surplus,
		mostMonthly: named,
		picks,
		firstDueDate: first?.ok ? first.day : first === undefined && kept?.ok ? kept.day : undefined,
	});
	// An account that is being checked says so on its own page.
	if (!compared.ok) redirect(303, '/debt');
	const { account, courses, options, closed } = compared;
	const locale = getLocale();
	return {
		now: now(),
		/** What the form is about, for what is kept of it. */
		draft: `plans/${application.id}`,
		currency: currency.code,
		account,
		budget: { income, outgoings, surplus },
		monthly: query.monthly,
		mostMonthly: named,
		monthlyError: mostMonthly?.ok === false ? amountProblemWords(mostMonthly.refusal) : undefined,
		wantsOffer: application.wantsOffer,
		first: query.first,
		firstError: first?.ok === false ? firstDueWords(first.refusal, today()) : undefined,
		firstWindow: firstDueWindow(today()),
		picks,
		chosen: chosen && { code: chosen.productCode, ...chosenNumbers(chosen), firstDueDate: chosen.firstDueDate },
		// The cards are worked out from these.
		offers: options.map(({ product }) => ({ ...nameIn(product, locale), terms: quotedProduct(product) })),
		courses,
		closed: closed.map(({ product, because }) => ({ ...nameIn(product, locale), because })),
	};
};

/** A product's name, and its language where that is not the reader's. */
function nameIn(product: Product, locale: string) {
	return { name: productName(product, locale), lang: foreignIn(product.names, locale) };
}

/** Keeps what was named on the way to a choice, so that it stands in its fields again for whoever comes back, without a script too. */
async function keepNamed(db: App.Locals['db'], owner: Owner, query: URLSearchParams): Promise<void> {
	const fields = draftFields('plans', query);
	const application = await findCurrentApplication(db, owner);
	if (!application || !fields || query.size === 0) return;
	const at = now();
	await keepDraft(db, { owner, typed: { form: 'plans', subjectId: application.id, fields, typedAt: at }, at });
}

function chosenNumbers({ instalments, deferralMonths }: { instalments: number; deferralMonths: number }) {
	return { instalments, deferralMonths };
}

const count = v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number));
const schema = v.object({
	product: v.pipe(v.string(), v.maxLength(64)),
	version: count,
	instalments: count,
	deferral: count,
	first: v.optional(v.pipe(v.string(), v.maxLength(64)), ''),
});

export const actions: Actions = {
	/** None of the plans fits: the bank is asked for one. */
	offer: async ({ locals }) => {
		const asked = await askForOffer(locals.db, { owner: await ownerOf(locals), at: now() });
		if (!asked.ok) return fail(409, { refusal: draftRefusalWords(asked.refusal) });
		redirect(303, '/check');
	},
	choose: async ({ locals, request, url }) => {
		const owner = await ownerOf(locals);
		const parsed = v.safeParse(schema, Object.fromEntries(await request.formData()));
		if (!parsed.success) return fail(400, { refusal: m.choose_numbers() });
		const { product, version, instalments, deferral, first } = parsed.output;
		const pick = {
			productCode: product,
			productVersion: version,
			choice: { instalments, deferralMonths: deferral },
			firstDueDate: first.trim(),
		};
		const chosen = await choosePlan(locals.db, { owner, pick, today: today(), at: now() });
		if (!chosen.ok) return fail(409, { refusal: chooseRefusalWords(chosen.refusal, today()) });
		await keepNamed(locals.db, owner, plansQuery(readPlansQuery(url.searchParams)));
		redirect(303, '/check');
	},
};
