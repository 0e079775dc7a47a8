import { now } from '#lib/server/clock.ts';
import type { RequestHandler } from './$types';

/** How long a member of staff is still signed in, by the server's clock; asking does not make it longer. 401 where nobody is. */
export const GET: RequestHandler = ({ locals: { staff } }) => {
	if (!staff) return new Response(null, { status: 401 });
	return Response.json({ now: now(), endsAt: staff.endsAt, lastsUntil: staff.lastsUntil });
};

/** One tap to stay signed in: the request itself is a use of the session, as any is. */
export const POST: RequestHandler = ({ locals }) => new Response(null, { status: locals.staff ? 204 : 401 });
