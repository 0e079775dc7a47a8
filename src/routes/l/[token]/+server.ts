import { redirect } from '@sveltejs/kit';
import { ensureBrowser, keepLinkToken } from '#lib/server/access/access-cookie.ts';
import { openAccessLink } from '#lib/server/access/open-access-link.ts';
import { openedBy } from '#lib/server/access/opened-by.ts';
import type { RequestHandler } from './$types';

/**
 * Notes that the link was opened and takes its token out of the address bar: into a cookie of half an hour, on to a clean
 * address. Every link leads there, dead, mistyped and unknown ones too; previews and scanners learn and consume nothing.
 */
export const GET: RequestHandler = async ({ params, locals, cookies, request }) => {
	await openAccessLink(locals.db, params.token, openedBy(request));
	keepLinkToken(cookies, params.token.slice(0, LONGEST));
	ensureBrowser(cookies);
	redirect(303, '/l');
};

const LONGEST = 64;
