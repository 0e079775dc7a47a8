import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import * as m from '#lib/paraglide/messages.js';
import { now } from '#lib/server/clock.ts';
import { env } from '#lib/server/env.ts';
import { listKept } from '#lib/server/evidence/list-kept.ts';
import { withdrawConsentOf } from '#lib/server/evidence/withdraw-sensitive-consent.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals: { db, cardholder }, url }) => {
	if (!cardholder) redirect(303, '/sign-in');
	return {
		applications: await listKept(db, cardholder.id),
		done: url.searchParams.has('withdrawn') ? m.retention_withdrawn_done() : undefined,
		timeZone: env().bankTimeZone,
	};
};

const Chosen = v.object({ application: v.pipe(v.string(), v.uuid()) });

export const actions: Actions = {
	withdraw: async ({ locals: { db, cardholder }, request }) => {
		if (!cardholder) redirect(303, '/sign-in');
		const parsed = v.safeParse(Chosen, Object.fromEntries(await request.formData()));
		if (!parsed.success) return fail(404, { refusal: m.retention_withdrawn_not_found() });
		const applicationId = parsed.output.application;
		const outcome = await withdrawConsentOf(db, { cardholderId: cardholder.id, applicationId, at: now() });
		if (!outcome.ok) return fail(404, { refusal: m.retention_withdrawn_not_found() });
		redirect(303, '/documents/kept?withdrawn');
	},
};
