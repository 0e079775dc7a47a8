import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { evidenceResponse } from '#lib/server/evidence/evidence-response.ts';
import { openEvidencePage } from '#lib/server/evidence/open-evidence-page.ts';
import { openEvidence } from '#lib/server/evidence/open-evidence.ts';
import { findCaseAccess } from '#lib/server/review/case-access.ts';
import type { RequestHandler } from './$types';

const isId = (text: string | null): text is string => v.is(v.pipe(v.string(), v.uuid()), text);

/** A document of a case for whoever has it in hand; each look is in the audit log before the first byte leaves. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { staff, db } = locals;
	const evidenceId = url.searchParams.get('document');
	if (!staff || !isId(params.id) || !isId(evidenceId)) error(404);
	const access = await findCaseAccess(db, { applicationId: params.id, staff });
	if (!access?.maySeeEvidence) error(404);
	const page = url.searchParams.get('page');
	const variant = url.searchParams.get('variant') === 'thumbnail' ? 'thumbnail' : 'original';
	const viewer = { kind: 'staff', id: staff.id, applicationId: params.id } as const;
	const opened =
		page === null
			? await openEvidence(db, { evidenceId, variant, viewer })
			: /^\d{1,3}$/.test(page) && (await openEvidencePage(db, { evidenceId, page: Number(page), viewer }));
	if (!opened) error(404);
	return evidenceResponse(opened);
};
