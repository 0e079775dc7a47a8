import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError, RequestEvent, ServerInit } from '@sveltejs/kit';
import { error, redirect } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { isForeign } from '#lib/domain/access/foreign-request.ts';
import { asksForLayoutsAlone } from '#lib/domain/access/layout-request.ts';
import { homeOf, type Who } from '#lib/domain/access/permission.ts';
import { isReadablePath } from '#lib/domain/access/readable-path.ts';
import { ASKED_BY_SYSTEM, judge, type Verdict } from '#lib/domain/access/route-permission.ts';
import type { SessionKind } from '#lib/domain/access/session.ts';
import { largeWords, refusedWords } from '#lib/messages/refused-words.ts';
import { awayWords, unsentWords } from '#lib/messages/unanswered-words.ts';
import {
	baseLocale,
	cookieName,
	isLocale,
	type Locale,
	locales,
	overwriteServerAsyncLocalStorage,
} from '#lib/paraglide/runtime.js';
import { preferredLanguage } from '#lib/domain/language.ts';
import { auditAccessRefusal } from '#lib/server/access/audit-access-refusal.ts';
import { isForReading, refusedPage } from '#lib/server/access/refused-page.ts';
import { answerHeaders } from '#lib/server/answer-headers.ts';
import { closeDatabase, database } from '#lib/server/db/database.ts';
import { type Identity, runAs } from '#lib/server/db/identity.ts';
import { env } from '#lib/server/env.ts';
import { startJobs } from '#lib/server/jobs/start-jobs.ts';
import { asksToKeep, askToSignIn, keepUnsent } from '#lib/server/kept-form/ask-to-sign-in.ts';
import { keepUnanswered } from '#lib/server/kept-form/keep-unanswered.ts';
import { keptCookieLine } from '#lib/server/kept-form/kept-cookie.ts';
import { settleForm } from '#lib/server/kept-form/settle-form.ts';
import { deskNews } from '#lib/server/live/desk-news.ts';
import { log } from '#lib/server/log.ts';
import { tellEnd } from '#lib/server/session/end-cookie.ts';
import { readCardholderSession, readStaffSession } from '#lib/server/session/read-session.ts';
import { sessionCookieName } from '#lib/server/session/session-cookie.ts';

/** Only the documents page and the uploads below it take files; every other form is small. */
const LARGEST_FORM = 64 * 1024;
const UPLOADS = [
	'/(cardholder)/documents',
	'/(cardholder)/documents/upload',
	'/(cardholder)/documents/upload/[uploadId=uuid]',
];
/** What asks by itself, and so is no use of a session: how long it lasts, and what is new at the desk. */
const ASK_BY_THEMSELVES = ['/stay', '/staff/stay', '/(staff)/desk/live'];

type Refused = Extract<Verdict, { ok: false }>['why'];

export const init: ServerInit = async () => {
	const jobs = env().jobs ? await startJobs(database()) : undefined;
	// Streams have no end of their own: without this the server would wait for them.
	(process as NodeJS.EventEmitter).once('portal:closing', () => void deskNews().end());
	process.once('sveltekit:shutdown', () => {
		void (jobs?.stop() ?? Promise.resolve()).finally(closeDatabase);
	});
};

/** Where the words look which language is spoken. */
const spoken = new AsyncLocalStorage<{ locale?: Locale }>();
overwriteServerAsyncLocalStorage(spoken);

/**
 * Language first, so that even a refusal is in the reader's words. Paraglide's own middleware makes two requests of each, which
 * costs more than a page's words.
 */
const speak: Handle = ({ event, resolve }) => {
	const locale = languageOf(event);
	return spoken.run({ locale }, () =>
		resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale) }),
	);
};

/** The reader's own choice, else the nearest to what the browser likes (zh-HK reads zh-TW). */
function languageOf({ cookies, request }: RequestEvent): Locale {
	const chosen = cookies.get(cookieName);
	if (isLocale(chosen)) return chosen;
	const preferred = preferredLanguage(locales, request.headers.get('accept-language') ?? '');
	return isLocale(preferred) ? preferred : baseLocale;
}

/** Refuses what another site sends, whatever its content type, and what is larger than any form of ours. */
const refuseForeign: Handle = ({ event, resolve }) => {
	const { method, headers } = event.request;
	if (isForeign({ method, from: headers.get('origin'), origin: event.url.origin })) error(403);
	if (method !== 'GET' && method !== 'HEAD') {
		const length = headers.get('content-length');
		if (!UPLOADS.includes(event.route.id ?? '') && (length === null || Number(length) > LARGEST_FORM)) {
			// What leads nowhere is no page to go back to.
			const page = event.route.id === null ? '/' : event.url.pathname;
			if (!isForReading(event.request, event.isDataRequest)) error(413);
			return refusedPage(largeWords(page, env().bankName), 413);
		}
	}
	return resolve(event);
};

/** What was typed outlives a database that does not answer. */
const keepTyped: Handle = ({ event, resolve }) =>
	keepUnanswered(event, () => resolve(event), {
		unsent: (whose) => unsentWords(whose, env().bankName),
		away: () => awayWords(env().bankName),
	});

/** Who is asking: read from the database at each request, so that a right taken away is gone at once. */
const identify: Handle = async ({ event, resolve }) => {
	const { locals, cookies, request, route } = event;
	locals.db = database();
	locals.ip = event.getClientAddress();
	const byItself = ASK_BY_THEMSELVES.includes(route.id ?? '') || asksForLayoutsAlone(request.url);
	const reading = { peek: request.method === 'GET' && byItself };
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

/**
 * Decides by the tables of domain/access alone, for the page, its data request and its actions alike; past it the database
 * is asked in the name of whoever asks. What was typed when a session ended is kept for its owner at the door.
 */
const guard: Handle = async ({ event, resolve }) => {
	const { route, request, url, locals } = event;
	// An address that leads nowhere gets the portal's own page, in the reader's words.
	if (route.id === null) return runAs('door', () => resolve(event));
	if (route.id.startsWith('/dev/') && env().mode === 'production') error(404);
	const signedIn = whoIs(locals);
	const asked = { route: route.id, method: request.method, action: actionOf(url) };
	const verdict = judge(asked, signedIn);
	if (!verdict.ok) return runAs('door', () => refuse(event, asked.route, verdict.why));
	if (verdict.as !== 'visitor') {
		const kind = verdict.as === 'cardholder' ? 'cardholder' : 'staff';
		if (asksToKeep(request)) return runAs('door', () => keepAside(event, kind));
		await runAs('door', () => settleForm(event, kind));
	}
	return runAs(identityOf(verdict.as, asked.route, locals), () => resolve(event));
};

/** What somebody is besides a visitor; who is signed in both ways is both. */
function whoIs({ cardholder, staff }: App.Locals): Who[] {
	return [...(cardholder ? (['cardholder'] as const) : []), ...(staff ? [staff.role] : [])];
}

/** The page's action that a POST means, as Kit reads it. */
function actionOf(url: URL): string {
	for (const key of url.searchParams.keys()) if (key.startsWith('/')) return key.slice(1);
	return 'default';
}

async function refuse(event: RequestEvent, route: string, why: Refused): Promise<Response> {
	if (why === 'unknown')
		log.warn({ route, method: event.request.method }, 'a route that stands in no table is refused');
	if (why === 'unknown') error(404);
	if (why === 'method') error(405);
	const { locals } = event;
	const { cardholder, staff } = locals;
	if (staff) {
		await auditAccessRefusal(locals.db, { person: { kind: 'staff', id: staff.id }, role: staff.role, route });
	} else if (cardholder) {
		await auditAccessRefusal(locals.db, {
			person: { kind: 'cardholder', id: cardholder.id },
			role: 'cardholder',
			route,
		});
	}
	if (why === 'forbidden') return refuseRole(event);
	const kind = why === 'sign_in' ? 'cardholder' : 'staff';
	if (asksToKeep(event.request)) return keepAside(event, kind);
	redirect(303, await askToSignIn(event, kind));
}

/** Who works elsewhere is told so in words for the staff, and led to where they start. */
function refuseRole({ request, isDataRequest, locals: { staff } }: RequestEvent): Response {
	if (!staff || !isForReading(request, isDataRequest)) error(403);
	return refusedPage(refusedWords(homeOf(staff.role), env().bankName));
}

async function keepAside(event: RequestEvent, kind: SessionKind): Promise<Response> {
	if (!(await keepUnsent(event, kind))) return new Response(null, { status: 409 });
	// What a hook answers by itself gets no cookies from Kit.
	return new Response(null, { status: 204, headers: { 'set-cookie': keptCookieLine(event.cookies) } });
}

function identityOf(as: Who, route: string, { cardholder, staff }: App.Locals): Identity {
	if (ASKED_BY_SYSTEM.includes(route)) return 'system';
	if (as === 'cardholder' && cardholder) return { cardholder: cardholder.id };
	return as !== 'visitor' && staff ? { staff: staff.role, staffId: staff.id } : 'door';
}

/** What every answer carries. Nothing that a signed-in person sees is kept anywhere. */
const harden: Handle = async ({ event, resolve }) => {
	const startedAt = performance.now();
	// What a hook throws about a path that cannot be decoded, Kit does not catch, and it would end the process.
	const readable = isReadablePath(event.url.pathname);
	const response = readable ? await resolve(event) : new Response('Bad request.\n', { status: 400 });
	const { headers } = response;
	if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
	const policy = headers.get('content-security-policy');
	for (const [name, value] of Object.entries(answerHeaders({ origin: event.url.origin, path: event.url.pathname }))) {
		headers.set(name, value);
	}
	if (policy !== null) headers.set('content-security-policy', policy);
	if (event.route.id !== '/' && event.route.id !== '/sign-in') headers.set('x-robots-tag', 'noindex');
	log.info({
		route: event.route.id,
		method: event.request.method,
		status: response.status,
		ms: Math.round(performance.now() - startedAt),
	});
	return response;
};

export const handle = sequence(harden, speak, refuseForeign, keepTyped, identify, guard);

/** The reader gets a reference to read out; the log gets the fault without address, form or person. */
export const handleError: HandleServerError = ({ error: fault, event, status, message }) => {
	const reference = randomUUID().slice(0, 8);
	if (status >= 500) log.error({ reference, route: event.route.id, fault });
	return { message, reference };
};
