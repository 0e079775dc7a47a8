import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { plainText } from '#lib/domain/plain-text.ts';
import { UNLOCK_REASONS } from '#lib/domain/access/unlock.ts';
import * as m from '#lib/paraglide/messages.js';
import { resendAccessLink } from '#lib/server/access/resend-access-link.ts';
import { env } from '#lib/server/env.ts';
import { checkScreenCode } from '#lib/server/support/check-screen-code.ts';
import { findNamedAccount, findPerson } from '#lib/server/support/read-person.ts';
import { unlockCaller } from '#lib/server/support/unlock-caller.ts';
import { resendRefusal, screenRefusal } from './refusal-text.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

/** What a deed came to, told once on the way back. */
const TOLD = ['sent', 'unlocked', 'asked'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	if (!locals.staff) error(403);
	const person = await findPerson(locals.db, { cardholderId: params.id, staffId: locals.staff.id });
	if (!person) error(404);
	return { person, told: TOLD.find((name) => url.searchParams.has(name)) ?? null };
};

const Resend = v.object({
	account: v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.transform(Number)),
	card: v.pipe(v.string(), v.regex(/^\d{4}$/)),
});
const Screen = v.object({ characters: v.pipe(v.string(), v.maxLength(40)) });
const Unlock = v.object({ reason: v.picklist(UNLOCK_REASONS) });

export const actions: Actions = {
	/** Sends a new link to the number on file; there is no field for another one. */
	resend: async ({ request, locals, params }) => {
		if (!locals.staff) error(403);
		const cardholderId = idOf(params.id);
		const parsed = v.safeParse(Resend, Object.fromEntries(await request.formData()));
		if (!parsed.success) error(400);
		const { account, card } = parsed.output;
		const accountId = await findNamedAccount(locals.db, { cardholderId, account, cardLast4: card });
		if (accountId === undefined) return fail(409, { refusal: m.support_resend_account_gone() });
		const outcome = await resendAccessLink(locals.db, { cardholderId, accountId, staff: locals.staff });
		if (!outcome.ok) return fail(409, { refusal: resendRefusal(outcome, env().bankTimeZone) });
		redirect(303, `${addressOf(cardholderId)}?sent`);
	},

	/** Answers with the page: what a screen is doing is true for this moment only, and stands in no address. */
	screen: async ({ request, locals, params }) => {
		if (!locals.staff) error(403);
		const cardholderId = idOf(params.id);
		const parsed = v.safeParse(Screen, Object.fromEntries(await request.formData()));
		const typed = parsed.success ? parsed.output.characters : '';
		const outcome = await checkScreenCode(locals.db, { cardholderId, staffId: locals.staff.id, typed });
		if (outcome.ok) return { screen: outcome.screen };
		if (outcome.refusal === 'not_found') error(404);
		const status = { not_characters: 400, not_theirs: 404, too_many: 429 }[outcome.refusal];
		return fail(status, { screenError: screenRefusal(outcome, env().bankTimeZone) });
	},

	unlock: async ({ request, locals, params }) => {
		if (!locals.staff) error(403);
		const cardholderId = idOf(params.id);
		const parsed = v.safeParse(Unlock, Object.fromEntries(await request.formData()));
		if (!parsed.success) return fail(400, { unlockError: m.support_unlock_missing() });
		const { reason } = parsed.output;
		const outcome = await unlockCaller(locals.db, { cardholderId, staffId: locals.staff.id, reason });
		if (outcome.ok) redirect(303, `${addressOf(cardholderId)}?unlocked`);
		if (outcome.refusal === 'not_found') error(404);
		return fail(409, { unlockError: m.support_unlock_too_many() });
	},
};

/** An address can hold what no id can, and no database takes. */
function idOf(text: string): string {
	if (plainText(text) !== text) error(404);
	return text;
}

function addressOf(cardholderId: string): string {
	return `/support/${encodeURIComponent(cardholderId)}`;
}
