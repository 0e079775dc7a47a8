import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { readCode } from '#lib/domain/access/code.ts';
import { readIdLastFour } from '#lib/domain/access/id-number.ts';
import { waitText } from '#lib/messages/wait-text.ts';
import * as m from '#lib/paraglide/messages.js';
import { browserOf, forgetAccessCookies, linkTokenOf } from '#lib/server/access/access-cookie.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { readChallenge } from '#lib/server/access/read-challenge.ts';
import { resendCode } from '#lib/server/access/resend-code.ts';
import { signIn } from '#lib/server/access/sign-in.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { afterSignIn } from '#lib/server/kept-form/after-sign-in.ts';
import { endSession } from '#lib/server/session/end-session.ts';
import { cookieOptions, sessionCookieName } from '#lib/server/session/session-cookie.ts';
import { refusalText } from './refusal-text.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, cookies, url }) => {
	const challenge = await readChallenge(locals.db, browserOf(cookies));
	if (!challenge) redirect(303, locals.cardholder ? '/debt' : '/sign-in');
	const { isOpen, resend, phoneEnd, minutes } = challenge;
	return {
		isOpen,
		canResend: resend.now || resend.from !== null,
		resendIn: resend.from && waitText(resend.from, now()),
		phoneEnd,
		minutes,
		sentAgain: url.searchParams.has('again'),
		start: linkTokenOf(cookies) === undefined ? '/sign-in' : '/l',
	};
};

const typed = v.pipe(v.optional(v.string(), ''), v.maxLength(100));
const Secrets = v.object({ code: typed, id_last4: typed });

export const actions: Actions = {
	enter: async ({ request, locals, cookies }) => {
		const parsed = v.safeParse(Secrets, Object.fromEntries(await request.formData()));
		const given = parsed.success ? parsed.output : { code: '', id_last4: '' };
		// The code is never written back into the page; a new one is typed, or pasted, each time.
		const { id_last4 } = given;
		const code = readCode(given.code);
		const idLast4 = readIdLastFour(id_last4);
		if (code === undefined || idLast4 === undefined) {
			const errors = [];
			if (code === undefined) errors.push({ field: 'code', text: m.code_code_error() });
			if (idLast4 === undefined) errors.push({ field: 'id_last4', text: m.code_id_error() });
			return fail(400, { id_last4, errors });
		}
		const outcome = await signIn(locals.db, { browser: browserOf(cookies) ?? '', code, idLast4, ip: locals.ip });
		if (!outcome.ok) {
			const text = refusalText(outcome, await wordsOf(locals.db));
			if (outcome.refusal === 'wrong') return fail(401, { id_last4, errors: [{ field: 'code', text }] });
			return fail(STATUS[outcome.refusal], { id_last4, refusal: text });
		}
		if (locals.cardholder) await endSession(locals.db, 'cardholder', locals.cardholder.sessionId);
		forgetAccessCookies(cookies);
		cookies.set(sessionCookieName('cardholder'), outcome.token, cookieOptions());
		redirect(303, await afterSignIn(locals.db, { token: outcome.token, cookies }));
	},
	again: async ({ request, locals, cookies }) => {
		const parsed = v.safeParse(Secrets, Object.fromEntries(await request.formData()));
		const id_last4 = parsed.success ? parsed.output.id_last4 : '';
		const outcome = await resendCode(locals.db, { browser: browserOf(cookies) ?? '', ip: locals.ip });
		if (outcome.ok) redirect(303, '/sign-in/code?again');
		return fail(STATUS[outcome.refusal], {
			id_last4,
			refusal: refusalText(outcome, await wordsOf(locals.db)),
		});
	},
};

const STATUS = { too_many: 429, too_soon: 429, busy: 503, over: 410, no_more_tries: 410, no_more_sends: 410 } as const;

/** What the words of a refusal depend on. */
async function wordsOf(db: Db) {
	return { at: now(), minutes: (await getAccessRules(db)).code.minutes };
}
