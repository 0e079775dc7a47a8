import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { mayStay } from '#lib/server/passkey/debt-copy.ts';
import type { RequestHandler } from './$types';

const asked = v.object({
	credential: v.pipe(v.string(), v.regex(/^[\w-]{1,1364}$/)),
	seen: v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)),
});

/** Whether a copy of what somebody owes may stay on the device that asks: 204, else 410. Nobody need be signed in. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const { success, output } = v.safeParse(asked, Object.fromEntries(url.searchParams));
	if (!success) error(400);
	const stays = await mayStay(locals.db, { credential: output.credential, seenAt: new Date(output.seen) });
	return new Response(null, { status: stays ? 204 : 410 });
};
