import { readStep } from '#lib/domain/access/screen.ts';
import { browserOf } from '#lib/server/access/access-cookie.ts';
import { env } from '#lib/server/env.ts';
import { showScreenCode } from '#lib/server/support/show-screen-code.ts';
import { BACK } from './back.ts';
import type { PageServerLoad } from './$types';

export const csr = false;

/** Says the same on every browser in which nobody has signed in and no code was asked for, whoever they are. */
export const load: PageServerLoad = async ({ locals, cookies, url }) => {
	const step = readStep(url.searchParams.get('from'));
	const screen = await showScreenCode(locals.db, { session: locals.cardholder, browser: browserOf(cookies), step });
	return { screen: screen ?? null, back: BACK[step], timeZone: env().bankTimeZone };
};
