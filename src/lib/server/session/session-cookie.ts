import type { SessionKind } from '#lib/domain/access/session.ts';
import { env } from '#lib/server/env.ts';

/** How a cookie of ours is set: for this site alone, out of any script's reach, gone when the browser closes. */
export interface CookieOptions {
	readonly path: '/';
	readonly httpOnly: true;
	readonly sameSite: 'lax';
	readonly secure: boolean;
}

/** Of every cookie that holds a secret. */
export function cookieOptions(): CookieOptions {
	return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure() };
}

/** The full name of a cookie: over https it carries `__Host-`, so that no subdomain and no plain http can plant one. */
export function cookieName(name: 'session' | 'staff-session' | 'browser' | 'link' | 'kept' | 'wanted'): string {
	return isSecure() ? `__Host-${name}` : name;
}

/** The name of the cookie that holds the token of a session. */
export function sessionCookieName(kind: SessionKind): string {
	return cookieName(kind === 'cardholder' ? 'session' : 'staff-session');
}

function isSecure(): boolean {
	return env().origin.startsWith('https:');
}
