import { fail, redirect } from '@sveltejs/kit';
import { addWorkingDays } from '#lib/domain/application/working-days.ts';
import { dayIn } from '#lib/domain/day.ts';
import { nextPage } from '../next-page.ts';
import { findWholeApplication } from '#lib/server/application/read-application.ts';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now } from '#lib/server/clock.ts';
import { env } from '#lib/server/env.ts';
import { readReviewRules } from '#lib/server/review/review-rules.ts';
import * as m from '#lib/paraglide/messages.js';
import { ownerOf } from '../owner.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, url }) => {
	if (url.searchParams.has('withdrawn')) return { view: 'withdrawn' as const };
	const timeZone = env().bankTimeZone;
	const application = await findWholeApplication(locals.db, await ownerOf(locals));
	if (!application) return { view: 'none' as const };
	if (application.status === 'draft') return { view: 'draft' as const, next: nextPage(application) };
	const { promisedWorkingDays } = await readReviewRules(locals.db);
	const { submittedAt } = application;
	const answerBy = submittedAt ? addWorkingDays(dayIn(submittedAt, timeZone), promisedWorkingDays) : undefined;
	return { view: 'sent' as const, application, answerBy, timeZone };
};

export const actions: Actions = {
	withdraw: async ({ locals, request }) => {
		const owner = await ownerOf(locals);
		const applicationId = String((await request.formData()).get('application') ?? '');
		const isId = /^[0-9a-f-]{36}$/.test(applicationId);
		const outcome = isId ? await withdrawApplication(locals.db, { owner, applicationId, at: now() }) : undefined;
		if (!outcome?.ok) {
			const words = outcome?.refusal === 'already_decided' ? m.application_already_decided() : m.check_not_found();
			return fail(409, { refusal: words });
		}
		redirect(303, '/application?withdrawn');
	},
};
