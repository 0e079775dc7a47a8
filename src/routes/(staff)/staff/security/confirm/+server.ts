import { error, json } from '@sveltejs/kit';
import { runAs } from '#lib/server/db/identity.ts';
import { askToConfirm } from '#lib/server/staff/ask-to-confirm.ts';
import type { RequestHandler } from './$types';

/** A challenge for the passkeys of the signed-in member of staff, to confirm that it is they; good for this session alone. */
export const POST: RequestHandler = async ({ locals: { db, staff } }) => {
	if (!staff) error(403);
	const { id: staffId, sessionId } = staff;
	return json((await runAs('door', () => askToConfirm(db, { staffId, sessionId }))) ?? error(404));
};
