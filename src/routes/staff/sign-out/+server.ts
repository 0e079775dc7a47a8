import { redirect } from '@sveltejs/kit';
import { forgetKeptCookies } from '#lib/server/kept-form/kept-cookie.ts';
import { CLEAR_SITE_DATA, forgetSessionCookies } from '#lib/server/session/forget-session.ts';
import { signOutStaff } from '#lib/server/staff/sign-out-staff.ts';
import type { RequestHandler } from './$types';

/** Ends the session and clears what the browser keeps of these pages. */
export const POST: RequestHandler = async ({ locals, cookies, setHeaders }) => {
	if (locals.staff) {
		await signOutStaff(locals.db, { staffId: locals.staff.id, sessionId: locals.staff.sessionId });
	}
	forgetSessionCookies(cookies, 'staff');
	forgetKeptCookies(cookies);
	setHeaders(CLEAR_SITE_DATA);
	redirect(303, '/staff/sign-in');
};
