import { error, json } from '@sveltejs/kit';
import { ensureBrowser } from '#lib/server/access/access-cookie.ts';
import { askForPasskey } from '#lib/server/passkey/sign-in-with-passkey.ts';
import type { RequestHandler } from './$types';

/** A challenge for any cardholder's passkey, the same for everybody, good for this browser alone. */
export const POST: RequestHandler = async ({ locals, cookies }) => {
	const asked = { kind: 'cardholder', browser: ensureBrowser(cookies), ip: locals.ip } as const;
	return json((await askForPasskey(locals.db, asked)) ?? error(429));
};
