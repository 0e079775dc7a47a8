import type { Cookies } from '@sveltejs/kit';
import type { SessionKind } from '#lib/domain/access/session.ts';
import { endCookieName } from '#lib/server/session/end-cookie.ts';
import { cookieOptions, sessionCookieName } from '#lib/server/session/session-cookie.ts';

/** What an answer says that ends a session: the browser throws away whatever it holds of these pages. */
export const CLEAR_SITE_DATA = { 'clear-site-data': '"cache", "storage"' } as const;

/** Removes a session's cookies from the browser. */
export function forgetSessionCookies(cookies: Cookies, kind: SessionKind): void {
	cookies.delete(sessionCookieName(kind), cookieOptions());
	cookies.delete(endCookieName(kind), { ...cookieOptions(), httpOnly: false });
}
