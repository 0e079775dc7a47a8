import { error } from '@sveltejs/kit';
import { openAgreementPdf } from '#lib/server/agreement/read-agreement.ts';
import { ownerOf } from '../../owner.ts';
import type { RequestHandler } from './$types';

/** A document of the signed-in cardholder's own agreement, only ever as a download; anybody else's is not found. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const hash = url.searchParams.get('document');
	if (hash !== null && !/^[0-9a-f]{64}$/.test(hash)) error(404);
	const opened = await openAgreementPdf(locals.db, { owner: await ownerOf(locals), hash });
	if (!opened) error(404);
	return new Response(new Uint8Array(opened.pdf), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename="${opened.fileName}"`,
			'content-security-policy': "default-src 'none'; sandbox",
			'cross-origin-resource-policy': 'same-origin',
			'x-content-type-options': 'nosniff',
			'cache-control': 'no-store',
		},
	});
};
