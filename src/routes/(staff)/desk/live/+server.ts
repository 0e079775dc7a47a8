import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { runAs } from '#lib/server/db/identity.ts';
import { deskNews } from '#lib/server/live/desk-news.ts';
import { openStream } from '#lib/server/live/open-stream.ts';
import { findCaseAccess } from '#lib/server/review/case-access.ts';
import { readStaffSession } from '#lib/server/session/read-session.ts';
import { sessionCookieName } from '#lib/server/session/session-cookie.ts';
import type { RequestHandler } from './$types';

const isId = (text: string) => v.is(v.pipe(v.string(), v.uuid()), text);

/** `no-transform`: nothing on the way may hold news back to make them smaller. */
const HEADERS = {
	'content-type': 'text/event-stream; charset=utf-8',
	'cache-control': 'no-store, no-transform',
	'x-accel-buffering': 'no',
};

/** What is new at the desk, told as it happens; with `case`, of the case on the page too. */
export const GET: RequestHandler = async ({ locals, url, cookies, request }) => {
	const { staff, db } = locals;
	if (!staff) error(403);
	const asked = url.searchParams.get('case');
	if (asked !== null && !isId(asked)) error(404);
	if (asked !== null) {
		const access = await findCaseAccess(db, { applicationId: asked, staff });
		// What becomes of a case is not told before a blind second look at it.
		if (!access || access.isBlind) error(404);
	}
	if (request.method === 'HEAD') return new Response(null, { headers: HEADERS });
	const token = cookies.get(sessionCookieName('staff'));
	const body = await openStream({
		db,
		news: deskNews(),
		identity: { staff: staff.role, staffId: staff.id },
		staffId: staff.id,
		applicationId: asked ?? undefined,
		seen: url.searchParams.get('seen') ?? '',
		isSignedIn: async () => {
			const session = await runAs('door', () => readStaffSession(db, token, { peek: true }));
			return session?.role === staff.role;
		},
	});
	if (!body) return new Response(null, { status: 503, headers: { 'retry-after': '30' } });
	return new Response(body, { headers: HEADERS });
};
