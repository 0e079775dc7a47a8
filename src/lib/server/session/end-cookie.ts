import type { Cookies } from '@sveltejs/kit';
import type { SessionKind } from '#lib/domain/access/session.ts';
import type { SessionEnd } from '#lib/server/session/read-session.ts';
import { cookieOptions } from '#lib/server/session/session-cookie.ts';

/** The cookie by which the pages' script knows when a session ends; every tab of a browser sees the same. */
export function endCookieName(kind: SessionKind): 'session-ends' | 'staff-session-ends' {
	return kind === 'cardholder' ? 'session-ends' : 'staff-session-ends';
}

/** Tells the browser both ends of a session, in milliseconds since 1970: "1763719200000.1763726400000". No secret. */
export function tellEnd(cookies: Cookies, kind: SessionKind, { endsAt, lastsUntil }: SessionEnd): void {
	const value = `${String(endsAt.getTime())}.${String(lastsUntil.getTime())}`;
	cookies.set(endCookieName(kind), value, { ...cookieOptions(), httpOnly: false });
}
