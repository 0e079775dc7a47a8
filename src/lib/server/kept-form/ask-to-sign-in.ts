import type { RequestEvent } from '@sveltejs/kit';
import type { SessionKind } from '#lib/domain/access/session.ts';
import { keepForm } from '#lib/server/kept-form/keep-form.ts';
import { rememberWanted } from '#lib/server/kept-form/kept-cookie.ts';
import { findEndedOwner } from '#lib/server/session/read-session.ts';
import { sessionCookieName } from '#lib/server/session/session-cookie.ts';

const DOORS = { cardholder: '/sign-in', staff: '/staff/sign-in' } as const;

/**
 * Where a request without a session is led: to the sign-in page of its area, which says whether a session has ended and
 * whether the form that came is kept. A page that was asked for is remembered.
 */
export async function askToSignIn(event: RequestEvent, kind: SessionKind): Promise<string> {
	const { request, url, cookies, locals } = event;
	const door = DOORS[kind];
	if (request.method === 'GET') rememberWanted(cookies, url.pathname);
	const ended = await findEndedOwner(locals.db, kind, cookies.get(sessionCookieName(kind)));
	if (!ended) return door;
	const kept = await keepForm(locals.db, { owner: { kind, ...ended }, request, url, cookies });
	return `${door}?ended${kept ? '=kept' : ''}`;
}

/** The header by which a page's script asks to keep a form that was typed and never sent. */
const KEEP_ONLY = 'x-keep-form';

/** Whether the request asks only to keep its form: then nothing is done with it, session or none. */
export function asksToKeep(request: Request): boolean {
	return request.method === 'POST' && request.headers.has(KEEP_ONLY);
}

/** Keeps such a form for whoever sent it, or whose session it was; returns whether it is kept. */
export async function keepUnsent(event: RequestEvent, kind: SessionKind): Promise<boolean> {
	const { request, url, cookies, locals } = event;
	const signedIn = kind === 'cardholder' ? locals.cardholder : locals.staff;
	const owner = signedIn
		? { ownerId: signedIn.id, accountId: locals.cardholder?.accountId ?? null }
		: await findEndedOwner(locals.db, kind, cookies.get(sessionCookieName(kind)));
	if (!owner) return false;
	return keepForm(locals.db, { owner: { kind, ...owner }, request, url, cookies });
}
