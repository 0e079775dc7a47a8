import { error, fail, redirect } from '@sveltejs/kit';
import * as m from '#lib/paraglide/messages.js';
import { env } from '#lib/server/env.ts';
import { findPeople } from '#lib/server/support/find-people.ts';
import { readSupportStart } from '#lib/server/support/read-start.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals }) => {
	if (!locals.staff) error(403);
	return { ...(await readSupportStart(locals.db, locals.staff.id)), timeZone: env().bankTimeZone };
};

export const actions: Actions = {
	/** A number that somebody calls from stands in no address: it is posted, and leads to the person's page. */
	default: async ({ request, locals }) => {
		const field = (await request.formData()).get('search');
		const search = typeof field === 'string' ? field.slice(0, 200) : '';
		if (search.trim() === '') return fail(400, { search, error: m.support_search_missing(), people: null });
		const people = await findPeople(locals.db, search);
		const [only] = people;
		if (only && people.length === 1) redirect(303, `/support/${encodeURIComponent(only.cardholderId)}`);
		if (!only) return fail(404, { search, error: m.support_search_nobody(), people: null });
		return { search, error: undefined, people };
	},
};
