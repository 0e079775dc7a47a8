import { redirect } from '@sveltejs/kit';
import { forgetAccessCookies } from '#lib/server/access/access-cookie.ts';
import { signOut } from '#lib/server/access/sign-out.ts';
import { forgetKeptCookies } from '#lib/server/kept-form/kept-cookie.ts';
import { CLEAR_SITE_DATA, forgetSessionCookies } from '#lib/server/session/forget-session.ts';
import type { RequestHandler } from './$types';

/** An old address or a typed one: the way out is a button, since opening an address must change nothing. */
export const GET: RequestHandler = () => redirect(303, '/');

/** Ends the session and clears what the device holds of these pages. */
export const POST: RequestHandler = async ({ locals, cookies, setHeaders }) => {
	if (locals.cardholder) await signOut(locals.db, locals.cardholder);
	forgetSessionCookies(cookies, 'cardholder');
	forgetAccessCookies(cookies);
	forgetKeptCookies(cookies);
	setHeaders(CLEAR_SITE_DATA);
	redirect(303, '/?signed-out');
};
