import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { waitText } from '#lib/messages/wait-text.ts';
import * as m from '#lib/paraglide/messages.js';
import { browserOf, forgetAccessCookies, linkTokenOf } from '#lib/server/access/access-cookie.ts';
import { now } from '#lib/server/clock.ts';
import { afterSignIn } from '#lib/server/kept-form/after-sign-in.ts';
import { signInWithPasskey } from '#lib/server/passkey/sign-in-with-passkey.ts';
import { endSession } from '#lib/server/session/end-session.ts';
import { cookieOptions, sessionCookieName } from '#lib/server/session/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = ({ locals, cookies }) => {
	if (locals.cardholder) redirect(303, '/debt');
	return { start: linkTokenOf(cookies) === undefined ? '/sign-in' : '/l' };
};

const Answer = v.object({ passkey: v.pipe(v.string(), v.maxLength(20_000)) });

export const actions: Actions = {
	default: async ({ request, locals, cookies }) => {
		const parsed = v.safeParse(Answer, Object.fromEntries(await request.formData()));
		const answer = parsed.success ? parsed.output.passkey : '';
		const outcome = await signInWithPasskey(locals.db, { browser: browserOf(cookies) ?? '', answer, ip: locals.ip });
		if (!outcome.ok) {
			if (outcome.refusal === 'not_taken') return fail(401, { refusal: m.passkey_not_taken() });
			return fail(429, { refusal: m.link_too_many({ wait: waitText(outcome.until, now()) }) });
		}
		if (locals.cardholder) await endSession(locals.db, 'cardholder', locals.cardholder.sessionId);
		forgetAccessCookies(cookies);
		cookies.set(sessionCookieName('cardholder'), outcome.token, cookieOptions());
		redirect(303, await afterSignIn(locals.db, { token: outcome.token, cookies }));
	},
};
