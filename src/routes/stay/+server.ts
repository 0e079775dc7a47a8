import { now } from '#lib/server/clock.ts';
import type { RequestHandler } from './$types';

/** How long somebody is still signed in, by the server's clock; asking does not make it longer. 401 where nobody is. */
export const GET: RequestHandler = ({ locals: { cardholder } }) => {
	if (!cardholder) return new Response(null, { status: 401 });
	return Response.json({ now: now(), endsAt: cardholder.endsAt, lastsUntil: cardholder.lastsUntil });
};

/** One tap to stay signed in: the request itself is a use of the session, as any is. */
export const POST: RequestHandler = ({ locals }) => new Response(null, { status: locals.cardholder ? 204 : 401 });
