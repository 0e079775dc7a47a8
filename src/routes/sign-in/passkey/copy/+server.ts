import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { mayStay } from '#lib/server/passkey/debt-copy.ts';
import type { RequestHandler } from './$types';

const asked = v.object({
	credential: v.pipe(v.string(), v.regex(/^[\w-]{1,1364}$/)),
	seenAt: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15)),
});

/**
 * Whether a copy of what somebody owes may stay on the device that asks: 204, else 410. Nobody need be signed in. A passkey's id
 * stands in no address, so it comes in a body.
 */
export const POST: RequestHandler = async ({ locals, request }) => {
	const { success, output } = v.safeParse(asked, await request.json().catch(() => undefined));
	if (!success) error(400);
	const { credential, seenAt } = output;
	const stays = await mayStay(locals.db, { credential, seenAt: new Date(seenAt) });
	return new Response(null, { status: stays ? 204 : 410 });
};
