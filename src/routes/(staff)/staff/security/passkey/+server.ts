import { error, json } from '@sveltejs/kit';
import { runAs } from '#lib/server/db/identity.ts';
import { askForNewPasskey } from '#lib/server/passkey/ask-for-new-passkey.ts';
import type { RequestHandler } from './$types';

/** A challenge for a new passkey of the signed-in member of staff, good for this session alone. */
export const POST: RequestHandler = async ({ locals: { db, staff } }) => {
	if (!staff) error(403);
	const owner = { kind: 'staff', id: staff.id } as const;
	const bound = { to: 'session', secret: staff.sessionId } as const;
	return json((await runAs('door', () => askForNewPasskey(db, { owner, bound, label: staff.login }))) ?? error(404));
};
