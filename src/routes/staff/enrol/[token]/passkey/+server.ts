import { error, json } from '@sveltejs/kit';
import { askForEnrolmentPasskey } from '#lib/server/staff/enrol-with-passkey.ts';
import type { RequestHandler } from './$types';

/** A challenge for the first passkey of whoever holds this link. */
export const POST: RequestHandler = async ({ locals, params }) => {
	return json((await askForEnrolmentPasskey(locals.db, params.token)) ?? error(404));
};
