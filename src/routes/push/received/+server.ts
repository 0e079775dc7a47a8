import * as v from 'valibot';
import { noteReceipt } from '#lib/server/push/note-receipt.ts';
import type { RequestHandler } from './$types';

/** A notice's own secret, as only its device was told. */
const Receipt = v.object({ receipt: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)) });

/**
 * A device's service worker says that a notice has come. Nobody need be signed in, and the answer is the same whatever is sent:
 * whoever guesses learns nothing.
 */
export const POST: RequestHandler = async ({ locals, request }) => {
	const parsed = v.safeParse(Receipt, await request.json().catch(() => undefined));
	if (parsed.success) await noteReceipt(locals.db, parsed.output.receipt);
	return new Response(null, { status: 204 });
};
