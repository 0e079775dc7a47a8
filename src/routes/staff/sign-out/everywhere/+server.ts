import { redirect } from '@sveltejs/kit';
import { forgetKeptCookies } from '#lib/server/kept-form/kept-cookie.ts';
import { endEverywhere } from '#lib/server/session/end-everywhere.ts';
import { CLEAR_SITE_DATA, forgetSessionCookies } from '#lib/server/session/forget-session.ts';
import type { RequestHandler } from './$types';

/** Ends every session of a member of staff, wherever they are signed in. */
export const POST: RequestHandler = async ({ locals: { db, staff }, cookies, setHeaders }) => {
	if (staff) await endEverywhere(db, { kind: 'staff', userId: staff.id });
	forgetSessionCookies(cookies, 'staff');
	forgetKeptCookies(cookies);
	setHeaders(CLEAR_SITE_DATA);
	redirect(303, '/staff/sign-in');
};
