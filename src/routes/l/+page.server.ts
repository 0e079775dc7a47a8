import { fail, redirect } from '@sveltejs/kit';
import { browserOf, ensureBrowser, linkTokenOf } from '#lib/server/access/access-cookie.ts';
import { readLinkPage } from '#lib/server/access/open-access-link.ts';
import { sendCode } from '#lib/server/access/send-code.ts';
import { silenceNumber } from '#lib/server/access/silence-number.ts';
import { now } from '#lib/server/clock.ts';
import { waitText } from '#lib/messages/wait-text.ts';
import * as m from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = ({ locals, cookies }) =>
	readLinkPage(locals.db, { token: linkTokenOf(cookies), browser: browserOf(cookies) });

export const actions: Actions = {
	send: async ({ locals, cookies, setHeaders }) => {
		const token = linkTokenOf(cookies) ?? '';
		const outcome = await sendCode(locals.db, { token, browser: ensureBrowser(cookies), ip: locals.ip });
		if (outcome.ok) redirect(303, '/sign-in/code');
		switch (outcome.refusal) {
			case 'link_dead':
				// The page itself says that a link is dead.
				return fail(410, { refusal: undefined });
			case 'too_many':
				return fail(429, { refusal: m.link_too_many({ wait: waitText(outcome.until, now()) }) });
			case 'busy':
				setHeaders({ 'retry-after': '60' });
				return fail(503, { refusal: m.code_busy() });
		}
	},
	silence: async ({ locals, cookies }) => {
		const token = linkTokenOf(cookies) ?? '';
		const wasAlive = await silenceNumber(locals.db, { token, browser: ensureBrowser(cookies) });
		redirect(303, wasAlive ? '/l/silenced' : '/l');
	},
};
