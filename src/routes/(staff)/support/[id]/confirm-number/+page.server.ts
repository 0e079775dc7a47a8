import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { plainDigits } from '#lib/domain/access/plain-digits.ts';
import { now } from '#lib/server/clock.ts';
import { confirmNumberChange } from '#lib/server/contact-number/confirm-number-change.ts';
import { endNumberChange } from '#lib/server/contact-number/end-number-change.ts';
import { findHold, findWaitingChange } from '#lib/server/contact-number/read-number-change.ts';
import { env } from '#lib/server/env.ts';
import { findBriefPerson } from '#lib/server/support/find-people.ts';
import * as m from '#lib/paraglide/messages.js';
import { CONFIRM_REFUSALS } from './confirm-refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	if (!locals.staff) error(403);
	const person = await findBriefPerson(locals.db, params.id);
	if (!person) error(404);
	const { cardholderId } = person;
	const change = await findWaitingChange(locals.db, { cardholderId, staffId: locals.staff.id });
	const hold = url.searchParams.has('confirmed') ? await findHold(locals.db, cardholderId, now()) : undefined;
	const hasEnded = url.searchParams.has('ended');
	return { person, change, heldUntil: hold?.heldUntil ?? null, hasEnded, timeZone: env().bankTimeZone };
};

const Confirm = v.object({
	last_four: v.pipe(v.string(), v.maxLength(20), v.transform(plainDigits), v.regex(/^\d{4}$/)),
});

export const actions: Actions = {
	confirm: async ({ request, locals, params }) => {
		if (!locals.staff) error(403);
		const person = await findBriefPerson(locals.db, params.id);
		if (!person) error(404);
		const parsed = v.safeParse(Confirm, Object.fromEntries(await request.formData()));
		if (!parsed.success) return fail(400, { digitsError: m.support_number_last_four_error() });
		const { cardholderId } = person;
		const order = { cardholderId, staffId: locals.staff.id, lastFour: parsed.output.last_four };
		const outcome = await confirmNumberChange(locals.db, order);
		if (outcome.ok) redirect(303, `/support/${encodeURIComponent(cardholderId)}/confirm-number?confirmed`);
		const text = CONFIRM_REFUSALS[outcome.refusal]();
		return fail(409, outcome.refusal === 'wrong_digits' ? { digitsError: text } : { refusal: text });
	},

	/** Refuses somebody else's request, or takes back one's own. */
	end: async ({ locals, params }) => {
		if (!locals.staff) error(403);
		const person = await findBriefPerson(locals.db, params.id);
		if (!person) error(404);
		const { cardholderId } = person;
		const outcome = await endNumberChange(locals.db, { cardholderId, staffId: locals.staff.id });
		if (!outcome.ok) return fail(409, { refusal: m.support_number_none() });
		redirect(303, `/support/${encodeURIComponent(cardholderId)}/confirm-number?ended`);
	},
};
