import type { Cookies } from '@sveltejs/kit';
import { ownPath } from '#lib/domain/access/own-path.ts';
import { randomToken } from '#lib/server/crypto/random-token.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import { cookieName, cookieOptions } from '#lib/server/session/session-cookie.ts';

const HALF_HOUR = 30 * 60;

/** The hash of the secret by which a browser gets back what was kept from it; undefined where nothing was. */
export function keptBrowserHash(cookies: Cookies): Buffer | undefined {
	const value = cookies.get(cookieName('kept'));
	return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? sha256(value) : undefined;
}

/** The same; a browser without such a secret is given one. */
export function ensureKeptBrowser(cookies: Cookies): Buffer {
	const known = keptBrowserHash(cookies);
	if (known) return known;
	const secret = randomToken();
	// As long as the session that must come first may take; the row itself says when it is over.
	cookies.set(cookieName('kept'), secret, cookieOptions());
	return sha256(secret);
}

/** The cookie's header line, for an answer to which Kit adds no cookies. */
export function keptCookieLine(cookies: Cookies): string {
	return cookies.serialize(cookieName('kept'), cookies.get(cookieName('kept')) ?? '', cookieOptions());
}

/** Remembers the page that somebody asked for before signing in: a path alone, since a query may hold what they typed. */
export function rememberWanted(cookies: Cookies, path: string): void {
	cookies.set(cookieName('wanted'), ownPath(path), { ...cookieOptions(), maxAge: HALF_HOUR });
}

/** The page that was asked for, once; undefined where there is none. */
export function takeWanted(cookies: Cookies): string | undefined {
	const value = cookies.get(cookieName('wanted'));
	if (value === undefined) return undefined;
	cookies.delete(cookieName('wanted'), cookieOptions());
	const path = ownPath(value);
	return path === '/' ? undefined : path;
}

/** Removes both, once somebody has signed out. */
export function forgetKeptCookies(cookies: Cookies): void {
	for (const name of ['kept', 'wanted'] as const) cookies.delete(cookieName(name), cookieOptions());
}
