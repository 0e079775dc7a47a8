import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError, RequestEvent, ServerInit } from '@sveltejs/kit';
import { error, redirect } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { mayEnter } from '#lib/domain/access/permission.ts';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { closeDatabase, database } from '#lib/server/db/database.ts';
import { type Identity, runAs } from '#lib/server/db/identity.ts';
import { env } from '#lib/server/env.ts';
import { startJobs } from '#lib/server/jobs/start-jobs.ts';
import { asksToKeep, askToSignIn, keepUnsent } from '#lib/server/kept-form/ask-to-sign-in.ts';
import { settleForm } from '#lib/server/kept-form/settle-form.ts';
import { log } from '#lib/server/log.ts';
import { tellEnd } from '#lib/server/session/end-cookie.ts';
import { readCardholderSession, readStaffSession } from '#lib/server/session/read-session.ts';
import { sessionCookieName } from '#lib/server/session/session-cookie.ts';

/** Only the documents page takes files; every other form is small. */
const LARGEST_FORM = 64 * 1024;
const UPLOADS = '/(cardholder)/documents';
const ASK_FOR_THE_END = ['/stay', '/staff/stay'];

export const init: ServerInit = async () => {
	const jobs = env().jobs ? await startJobs(database()) : undefined;
	process.once('sveltekit:shutdown', () => {
		void (jobs?.stop() ?? Promise.resolve()).finally(closeDatabase);
	});
};

/** Language first, so that even a refusal is in the reader's words. */
const speak: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, ({ request, locale }) => {
		event.request = request;
		return resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale) });
	});

/** Refuses what another site sends, whatever its content type, and what is larger than any form of ours. */
const refuseForeign: Handle = ({ event, resolve }) => {
	const { method, headers } = event.request;
	if (method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS') {
		if (headers.get('origin') !== event.url.origin) error(403);
		const length = headers.get('content-length');
		if (event.route.id !== UPLOADS && (length === null || Number(length) > LARGEST_FORM)) error(413);
	}
	return resolve(event);
};

/** Who is asking: read from the database at each request, so that a right taken away is gone at once. */
const identify: Handle = async ({ event, resolve }) => {
	const { locals, cookies, request, route } = event;
	locals.db = database();
	locals.ip = event.getClientAddress();
	// Asking how long one is still signed in is no use of the session.
	const reading = { peek: request.method === 'GET' && ASK_FOR_THE_END.includes(route.id ?? '') };
	await runAs('door', async () => {
		const { db } = locals;
		locals.cardholder =
			(await readCardholderSession(db, cookies.get(sessionCookieName('cardholder')), reading)) ?? null;
		locals.staff = (await readStaffSession(db, cookies.get(sessionCookieName('staff')), reading)) ?? null;
	});
	if (locals.cardholder) tellEnd(cookies, 'cardholder', locals.cardholder);
	if (locals.staff) tellEnd(cookies, 'staff', locals.staff);
	return resolve(event);
};

/** What was typed when a session ended is kept for its owner, and leaves with the next form from the same page. */
const keepTyped: Handle = async ({ event, resolve }) => {
	const group = event.route.id?.split('/')[1];
	const kind = group === '(cardholder)' ? 'cardholder' : group === '(staff)' ? 'staff' : undefined;
	if (!kind) return resolve(event);
	if (asksToKeep(event.request)) {
		const isKept = await runAs('door', () => keepUnsent(event, kind));
		return new Response(null, { status: isKept ? 204 : 409 });
	}
	if (!event.locals[kind]) redirect(303, await runAs('door', () => askToSignIn(event, kind)));
	await runAs('door', () => settleForm(event, kind));
	return resolve(event);
};

/** Guards by route group: the page, its data request and its actions alike. */
const guard: Handle = ({ event, resolve }) => {
	const [, group, area] = event.route.id?.split('/') ?? [];
	if (group === '(cardholder)' && !event.locals.cardholder) redirect(303, '/sign-in');
	if (group === '(staff)') {
		if (!event.locals.staff) redirect(303, '/staff/sign-in');
		if (!mayEnter(event.locals.staff.role, area ?? '')) error(403);
	}
	if (group === 'dev' && env().mode === 'production') error(404);
	return resolve(event);
};

/** What every answer carries. Nothing that a signed-in person sees is kept anywhere. */
const harden: Handle = async ({ event, resolve }) => {
	const startedAt = performance.now();
	const response = await resolve(event);
	const { headers } = response;
	if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
	headers.set('x-content-type-options', 'nosniff');
	// Not no-referrer: under that a browser sends our own forms with `Origin: null`, and they would be refused.
	headers.set('referrer-policy', 'same-origin');
	headers.set('cross-origin-opener-policy', 'same-origin');
	headers.set('permissions-policy', 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()');
	if (event.url.protocol === 'https:') headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
	if (event.route.id !== '/' && event.route.id !== '/sign-in') headers.set('x-robots-tag', 'noindex');
	log.info({
		route: event.route.id,
		method: event.request.method,
		status: response.status,
		ms: Math.round(performance.now() - startedAt),
	});
	return response;
};

/** What answers about the whole bank, or by a secret of its own in the address: our own work, and no person's. */
const SYSTEM: readonly string[] = ['/metrics', '/readyz', '/dev/inbox', '/calendar/[token=token].ics'];

/** Past the guard, the database is asked in the name of whoever asks. */
const ask: Handle = ({ event, resolve }) => runAs(identityOf(event), () => resolve(event));

function identityOf({ route, locals }: RequestEvent): Identity {
	const group = route.id?.split('/')[1];
	if (group === '(cardholder)' && locals.cardholder) return { cardholder: locals.cardholder.id };
	if (group === '(staff)' && locals.staff) return { staff: locals.staff.role, staffId: locals.staff.id };
	return route.id !== null && SYSTEM.includes(route.id) ? 'system' : 'door';
}

export const handle = sequence(harden, speak, refuseForeign, identify, keepTyped, guard, ask);

/** The reader gets a reference to read out; the log gets the fault without address, form or person. */
export const handleError: HandleServerError = ({ error: fault, event, status, message }) => {
	const reference = randomUUID().slice(0, 8);
	if (status >= 500) log.error({ reference, route: event.route.id, fault });
	return { message, reference };
};
