import { redirect } from '@sveltejs/kit';
import { getLocale } from '#lib/paraglide/runtime.js';
import { findLetter } from '#lib/server/agreement/letter.ts';
import { today } from '#lib/server/clock.ts';
import { ownerOf } from '../../owner.ts';
import type { RequestHandler } from './$types';

/** The letter about the end of the plan, as a download, in the reader's language. */
export const GET: RequestHandler = async ({ locals }) => {
	const owner = await ownerOf(locals);
	const letter = await findLetter(locals.db, { owner, locale: getLocale(), today: today() });
	if (!letter) redirect(303, '/agreement');
	return new Response(new Uint8Array(letter.pdf), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename="${letter.reference}-${letter.kind}.pdf"`,
			'content-security-policy': "default-src 'none'; sandbox",
			'cross-origin-resource-policy': 'same-origin',
			'cache-control': 'no-store',
		},
	});
};
