import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { NUMBER_PROOFS } from '#lib/domain/access/number-change.ts';
import { askNumberChange } from '#lib/server/contact-number/ask-number-change.ts';
import { readNumberChangeRules } from '#lib/server/contact-number/number-change-rules.ts';
import { findBriefPerson } from '#lib/server/support/find-people.ts';
import { askErrors } from './ask-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, params }) => {
	const person = await findBriefPerson(locals.db, params.id);
	if (!person) error(404);
	return { person, proofs: (await readNumberChangeRules(locals.db)).proofs };
};

const typed = v.pipe(v.string(), v.maxLength(40));
const Ask = v.object({ proofs: v.array(v.picklist(NUMBER_PROOFS)), phone: typed, again: typed });

export const actions: Actions = {
	/** The numbers that were typed are never written back into the page. */
	default: async ({ request, locals, params }) => {
		if (!locals.staff) error(403);
		const person = await findBriefPerson(locals.db, params.id);
		if (!person) error(404);
		const data = await request.formData();
		const parsed = v.safeParse(Ask, {
			proofs: data.getAll('proof'),
			phone: data.get('phone'),
			again: data.get('again'),
		});
		if (!parsed.success) return fail(400, { proofs: [], errors: askErrors(['not_a_number']) });
		const form = parsed.output;
		const { cardholderId } = person;
		const outcome = await askNumberChange(locals.db, { cardholderId, staffId: locals.staff.id, form });
		if (outcome.ok) redirect(303, `/support/${encodeURIComponent(cardholderId)}?asked`);
		return fail(409, { proofs: form.proofs, errors: askErrors(outcome.refusals) });
	},
};
