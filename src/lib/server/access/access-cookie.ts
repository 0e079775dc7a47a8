import type { Cookies } from '@sveltejs/kit';
import { randomToken } from '#lib/server/crypto/random-token.ts';
import { cookieName, cookieOptions } from '#lib/server/session/session-cookie.ts';

const HALF_HOUR = 30 * 60;

/** The secret that binds a challenge to this browser, where it has one. */
export function browserOf(cookies: Cookies): string | undefined {
	const value = cookies.get(cookieName('browser'));
	return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined;
}

/** The same; a browser without one is given one. */
export function ensureBrowser(cookies: Cookies): string {
	const browser = browserOf(cookies) ?? randomToken();
	cookies.set(cookieName('browser'), browser, { ...cookieOptions(), maxAge: HALF_HOUR });
	return browser;
}

/** The token of the link that this browser came by. It stands here so that it leaves the address bar at once. */
export function linkTokenOf(cookies: Cookies): string | undefined {
	return cookies.get(cookieName('link'));
}

export function keepLinkToken(cookies: Cookies, token: string): void {
	cookies.set(cookieName('link'), token, { ...cookieOptions(), maxAge: HALF_HOUR });
}

/** Removes both, once somebody has signed in or out. */
export function forgetAccessCookies(cookies: Cookies): void {
	for (const name of ['browser', 'link'] as const) cookies.delete(cookieName(name), cookieOptions());
}
