import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { homeOf } from '#lib/domain/access/permission.ts';
import { browserOf, forgetAccessCookies } from '#lib/server/access/access-cookie.ts';
import { afterStaffSignIn } from '#lib/server/kept-form/after-sign-in.ts';
import { cookieOptions, sessionCookieName } from '#lib/server/session/session-cookie.ts';
import { signInByPasskey } from '#lib/server/staff/sign-in-by-passkey.ts';
import { signInStaff, type StaffSignInOutcome } from '#lib/server/staff/sign-in-staff.ts';
import { clockTime } from '#lib/messages/clock-time.ts';
import * as m from '#lib/paraglide/messages.js';
import { env } from '#lib/server/env.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = ({ locals, url }) => {
	if (locals.staff) redirect(303, homeOf(locals.staff.role));
	return { enrolled: url.searchParams.get('enrolled') };
};

const text = v.pipe(v.string(), v.maxLength(1000));
const schema = v.object({ login: text, password: text, code: text });
const Answer = v.object({ passkey: v.pipe(v.string(), v.maxLength(20_000)) });

export const actions: Actions = {
	password: async ({ request, locals, cookies }) => {
		const parsed = v.safeParse(schema, Object.fromEntries(await request.formData()));
		const given = parsed.success ? parsed.output : { login: '', password: '', code: '' };
		const errors = missing(given);
		// What is secret is never sent back into the page.
		const { login } = given;
		if (errors.length > 0) return fail(400, { login, errors });
		const outcome = await signInStaff(locals.db, { ...given, ip: locals.ip });
		if (!outcome.ok) return fail(statusOf(outcome), { login, refusal: refusalText(outcome) });
		cookies.set(sessionCookieName('staff'), outcome.token, cookieOptions());
		redirect(303, await afterStaffSignIn(locals.db, { token: outcome.token, cookies }));
	},
	passkey: async ({ request, locals, cookies }) => {
		const parsed = v.safeParse(Answer, Object.fromEntries(await request.formData()));
		const answer = parsed.success ? parsed.output.passkey : '';
		const outcome = await signInByPasskey(locals.db, { browser: browserOf(cookies) ?? '', answer, ip: locals.ip });
		if (!outcome.ok) {
			const refusal = outcome.refusal === 'sign_in_wrong' ? m.passkey_not_taken() : refusalText(outcome);
			return fail(statusOf(outcome), { login: '', refusal });
		}
		forgetAccessCookies(cookies);
		cookies.set(sessionCookieName('staff'), outcome.token, cookieOptions());
		redirect(303, await afterStaffSignIn(locals.db, { token: outcome.token, cookies }));
	},
};

type Refused = Exclude<StaffSignInOutcome, { readonly ok: true }>;

const statusOf = ({ refusal }: Refused) => (refusal === 'too_many_tries' ? 429 : 401);

function refusalText(outcome: Refused): string {
	if (outcome.refusal === 'sign_in_wrong') return m.staff_sign_in_wrong();
	return m.staff_sign_in_too_many({ time: clockTime(outcome.until, env().bankTimeZone) });
}

function missing(given: v.InferOutput<typeof schema>): { field: 'login' | 'password' | 'code'; text: string }[] {
	const errors: { field: 'login' | 'password' | 'code'; text: string }[] = [];
	if (given.login.trim() === '') errors.push({ field: 'login', text: m.staff_sign_in_login_missing() });
	if (given.password === '') errors.push({ field: 'password', text: m.staff_sign_in_password_missing() });
	if (given.code.trim() === '') errors.push({ field: 'code', text: m.staff_sign_in_code_missing() });
	return errors;
}
