import { redirect } from '@sveltejs/kit';
import { cookieOptions, sessionCookieName } from '#lib/server/session/session-cookie.ts';
import { signOutStaff } from '#lib/server/staff/sign-out-staff.ts';
import type { RequestHandler } from './$types';

/** Ends the session and clears what the browser keeps of these pages. */
export const POST: RequestHandler = async ({ locals, cookies, setHeaders }) => {
	if (locals.staff) {
		await signOutStaff(locals.db, { staffId: locals.staff.id, sessionId: locals.staff.sessionId });
	}
	cookies.delete(sessionCookieName('staff'), cookieOptions());
	setHeaders({ 'clear-site-data': '"cache", "storage"' });
	redirect(303, '/staff/sign-in');
};
