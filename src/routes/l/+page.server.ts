import { fail, redirect } from '@sveltejs/kit';
import { ensureBrowser, linkTokenOf } from '#lib/server/access/access-cookie.ts';
import { isLinkAlive } from '#lib/server/access/open-access-link.ts';
import { sendCode } from '#lib/server/access/send-code.ts';
import { now } from '#lib/server/clock.ts';
import { waitText } from '#lib/messages/wait-text.ts';
import * as m from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, cookies }) => ({
	isAlive: await isLinkAlive(locals.db, linkTokenOf(cookies)),
});

export const actions: Actions = {
	default: async ({ locals, cookies }) => {
		const token = linkTokenOf(cookies) ?? '';
		const outcome = await sendCode(locals.db, { token, browser: ensureBrowser(cookies), ip: locals.ip });
		if (outcome.ok) redirect(303, '/sign-in/code');
		// The page itself says that a link is dead.
		if (outcome.refusal === 'link_dead') return fail(410, { refusal: undefined });
		return fail(429, { refusal: m.link_too_many({ wait: waitText(outcome.until, now()) }) });
	},
};
