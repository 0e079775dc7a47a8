import { redirect } from '@sveltejs/kit';
import { forgetAccessCookies } from '#lib/server/access/access-cookie.ts';
import { forgetKeptCookies } from '#lib/server/kept-form/kept-cookie.ts';
import { endEverywhere } from '#lib/server/session/end-everywhere.ts';
import { CLEAR_SITE_DATA, forgetSessionCookies } from '#lib/server/session/forget-session.ts';
import type { RequestHandler } from './$types';

/** Ends every session of the person, on all their devices, and clears what this one holds of these pages. */
export const POST: RequestHandler = async ({ locals: { db, cardholder }, cookies, setHeaders }) => {
	if (cardholder) await endEverywhere(db, { kind: 'cardholder', userId: cardholder.id });
	forgetSessionCookies(cookies, 'cardholder');
	forgetAccessCookies(cookies);
	forgetKeptCookies(cookies);
	setHeaders(CLEAR_SITE_DATA);
	redirect(303, '/?signed-out');
};
