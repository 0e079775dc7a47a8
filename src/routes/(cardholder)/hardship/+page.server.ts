import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { BUDGET_LINES } from '#lib/domain/application/budget.ts';
import { listAccountsOf } from '#lib/server/account/account-state.ts';
import { hasLivingAgreement } from '#lib/server/agreement/read-agreement.ts';
import { findCurrentApplication } from '#lib/server/application/draft.ts';
import { findTyped } from '#lib/server/application/find-typed.ts';
import { type HardshipProblem, saveHardship } from '#lib/server/application/save-hardship.ts';
import { now, today } from '#lib/server/clock.ts';
import { amountProblemWords, budgetLineName } from '#lib/messages/budget-words.ts';
import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { draftRefusalWords } from '../draft-words.ts';
import { ownerOf } from '../owner.ts';
import type { Actions, PageServerLoad } from './$types';

/** A small script keeps what is typed and reckons along; without it the same form does both. */
export const csr = false;

export const load: PageServerLoad = async ({ locals }) => {
	const owner = await ownerOf(locals);
	const application = await findCurrentApplication(locals.db, owner);
	if (application && ['submitted', 'in_review', 'more_requested', 'counter_offered'].includes(application.status))
		redirect(303, '/application');
	// One plan at a time: a new application begins once the agreement of the last one has ended.
	if (application?.status === 'approved' && (await hasLivingAgreement(locals.db, { owner, at: now() }))) {
		redirect(303, '/agreement');
	}
	const typed = await findTyped(locals.db, owner);
	const accounts = await listAccountsOf(locals.db, owner.cardholderId);
	const account = accounts.find(({ accountId }) => accountId === owner.accountId);
	if (!account) redirect(303, '/debt');
	return {
		now: now(),
		currency: account.currency.code,
		today: today(),
		// After a withdrawal or a decision against them, what they wrote is there to start again from.
		typed: {
			reason: typed?.reason ?? '',
			circumstances: typed?.circumstances ?? '',
			budget: typed?.budget ?? {},
		},
	};
};

/** Longer than any field may be: what is too long is said beside the field, by the rule that keeps it. */
const LONGEST_TEXT = 5_000;
const text = v.optional(
	v.pipe(
		v.string(),
		v.transform((typed) => typed.slice(0, LONGEST_TEXT)),
	),
	'',
);
const schema = v.object({
	reason: text,
	circumstances: text,
	/** Keeps what there is, as it is typed or for now, and goes nowhere. */
	keep: text,
	/** When it was typed, in milliseconds of the server's clock as the page knows it; a page without script does not say. */
	typed: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))),
	...Object.fromEntries(BUDGET_LINES.map((line) => [line, text])),
});

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const owner = await ownerOf(locals);
		const parsed = v.safeParse(schema, Object.fromEntries(await request.formData()));
		if (!parsed.success) return fail(400, { refusal: m.hardship_words_too_long() });
		const { reason, circumstances, keep, typed, ...budget } = parsed.output;
		const form = { reason, circumstances, budget };
		const typedAt = typed === undefined ? {} : { typedAt: new Date(typed) };
		const saved = await saveHardship(locals.db, {
			owner,
			form: { ...form, ...typedAt },
			locale: getLocale(),
			at: now(),
		});
		if (!saved.ok) return fail(409, { typed: form, refusal: draftRefusalWords(saved.refusal) });
		const errors = saved.problems.map(wordsFor);
		// Whoever is not through yet is not told what is missing, only what cannot be read.
		if (keep !== '') return { typed: form, saved: true, errors: errors.filter(({ field }) => field !== 'reason') };
		if (saved.problems.length === 0) redirect(303, '/documents');
		return fail(400, { typed: form, errors });
	},
};

/** A problem beside its field, and named in the summary, where the field is out of sight. */
function wordsFor(problem: HardshipProblem): { field: string; text: string; named: string } {
	const { field } = problem;
	if (field === 'reason') return { field, text: m.hardship_reason_missing(), named: m.hardship_reason_missing() };
	if (field === 'circumstances') {
		return { field, text: m.hardship_words_too_long(), named: m.hardship_words_too_long() };
	}
	const text = amountProblemWords(problem.problem);
	return { field, text, named: m.budget_line_problem({ line: budgetLineName(field), problem: text }) };
}
