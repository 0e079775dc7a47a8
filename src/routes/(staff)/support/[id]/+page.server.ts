import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import * as m from '#lib/paraglide/messages.js';
import { resendAccessLink } from '#lib/server/access/resend-access-link.ts';
import { findNamedAccount, findPerson } from '#lib/server/support/read-person.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	if (!locals.staff) error(403);
	const person = await findPerson(locals.db, { cardholderId: params.id, staffId: locals.staff.id });
	if (!person) error(404);
	return { person, sent: url.searchParams.has('sent') };
};

const schema = v.object({
	account: v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.transform(Number)),
	card: v.pipe(v.string(), v.regex(/^\d{4}$/)),
});

export const actions: Actions = {
	/** Sends a new link to the number on file; there is no field for another one. */
	default: async ({ request, locals, params }) => {
		if (!locals.staff) error(403);
		const parsed = v.safeParse(schema, Object.fromEntries(await request.formData()));
		if (!parsed.success) error(400);
		const { account, card } = parsed.output;
		const cardholderId = params.id;
		const accountId = await findNamedAccount(locals.db, { cardholderId, account, cardLast4: card });
		if (accountId === undefined) return fail(409, { refusal: m.support_resend_account_gone() });
		const outcome = await resendAccessLink(locals.db, { cardholderId, accountId, staff: locals.staff });
		if (!outcome.ok) {
			const words = { not_found: m.support_resend_account_gone, too_many_resends: m.support_resend_too_many };
			return fail(409, { refusal: words[outcome.refusal]() });
		}
		redirect(303, `/support/${encodeURIComponent(cardholderId)}?sent`);
	},
};
