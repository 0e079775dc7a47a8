import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { readCheck } from '#lib/server/application/read-check.ts';
import { submitApplication, type SubmitRefusal } from '#lib/server/application/submit-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { findHold } from '#lib/server/contact-number/read-number-change.ts';
import { env } from '#lib/server/env.ts';
import { readReviewRules } from '#lib/server/review/review-rules.ts';
import { ownerOf } from '../owner.ts';
import { submitRefusalWords } from './refusal-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals }) => {
	const owner = await ownerOf(locals);
	const check = await readCheck(locals.db, { owner, today: today(), at: now() });
	if (!check || check.application.status === 'declined') redirect(303, '/hardship');
	if (check.application.status !== 'draft') redirect(303, '/application');
	if (check.beingChecked) redirect(303, '/debt');
	const { promisedWorkingDays } = await readReviewRules(locals.db);
	const hold = (await findHold(locals.db, owner.cardholderId, now())) ?? null;
	return { ...check, hold, promisedWorkingDays, timeZone: env().bankTimeZone };
};

const schema = v.object({
	application: v.pipe(v.string(), v.uuid()),
	version: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number)),
	consent: v.optional(v.literal('on')),
});

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const owner = await ownerOf(locals);
		const parsed = v.safeParse(schema, Object.fromEntries(await request.formData()));
		if (!parsed.success) return refuse(['not_found']);
		const { application: applicationId, version, consent } = parsed.output;
		const form = { applicationId, version, consent: consent === 'on' };
		const outcome = await submitApplication(locals.db, { owner, form, today: today(), at: now() });
		if (outcome.ok) redirect(303, '/application');
		return refuse(outcome.refusals);
	},
};

/** What the page itself shows anew from the database (a changed quote, a missing reason) needs no second sentence. */
function refuse(refusals: readonly SubmitRefusal[]) {
	const consentError = refusals.includes('consent_missing') ? submitRefusalWords('consent_missing') : undefined;
	const others = refusals.filter((refusal) => refusal !== 'consent_missing').map(submitRefusalWords);
	return fail(409, { consentError, notices: others.filter((words) => words !== undefined) });
}
