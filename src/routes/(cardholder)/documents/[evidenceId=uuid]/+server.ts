import { error } from '@sveltejs/kit';
import { evidenceResponse } from '#lib/server/evidence/evidence-response.ts';
import { openEvidence } from '#lib/server/evidence/open-evidence.ts';
import type { RequestHandler } from './$types';

/** A document of the signed-in cardholder's own; anybody else's is not found. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { db, cardholder } = locals;
	if (!cardholder) error(404);
	const opened = await openEvidence(db, {
		evidenceId: params.evidenceId,
		variant: url.searchParams.has('thumbnail') ? 'thumbnail' : 'original',
		viewer: { kind: 'cardholder', id: cardholder.id },
	});
	if (!opened) error(404);
	return evidenceResponse(opened);
};
