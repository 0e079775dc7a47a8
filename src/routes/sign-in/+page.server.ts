import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { readCardLastFour } from '#lib/domain/access/id-number.ts';
import { readPhone } from '#lib/domain/access/phone.ts';
import { ensureBrowser } from '#lib/server/access/access-cookie.ts';
import { requestCode } from '#lib/server/access/request-code.ts';
import * as m from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = ({ locals, cookies }) => {
	if (locals.cardholder) redirect(303, '/debt');
	ensureBrowser(cookies);
};

const typed = v.pipe(v.optional(v.string(), ''), v.maxLength(100));
const Numbers = v.object({ phone: typed, card_last4: typed });

export const actions: Actions = {
	default: async ({ request, locals, cookies, setHeaders }) => {
		const parsed = v.safeParse(Numbers, Object.fromEntries(await request.formData()));
		const given = parsed.success ? parsed.output : { phone: '', card_last4: '' };
		const phone = readPhone(given.phone);
		const cardLast4 = readCardLastFour(given.card_last4);
		if (phone === undefined || cardLast4 === undefined) {
			const errors = [];
			if (phone === undefined) errors.push({ field: 'phone', text: m.sign_in_phone_error() });
			if (cardLast4 === undefined) errors.push({ field: 'card_last4', text: m.sign_in_card_error() });
			return fail(400, { ...given, errors });
		}
		const browser = ensureBrowser(cookies);
		const outcome = await requestCode(locals.db, { phone, cardLast4, browser, ip: locals.ip });
		if (!outcome.ok) {
			setHeaders({ 'retry-after': '60' });
			return fail(503, { ...given, errors: [], refusal: m.code_busy() });
		}
		redirect(303, '/sign-in/code');
	},
};
