import { error, json } from '@sveltejs/kit';
import * as m from '#lib/paraglide/messages.js';
import { askForNewPasskey } from '#lib/server/passkey/ask-for-new-passkey.ts';
import type { RequestHandler } from './$types';

/** A challenge for a new passkey of the signed-in cardholder, good for this session alone. */
export const POST: RequestHandler = async ({ locals: { db, cardholder } }) => {
	if (!cardholder) error(403);
	const owner = { kind: 'cardholder', id: cardholder.id } as const;
	const bound = { to: 'session', secret: cardholder.sessionId } as const;
	// The device shows it in its list, where anybody who borrows the phone may read it: no name, no number.
	return json((await askForNewPasskey(db, { owner, bound, label: m.passkey_label() })) ?? error(404));
};
