import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { evidenceResponse } from '#lib/server/evidence/evidence-response.ts';
import { openEvidence } from '#lib/server/evidence/open-evidence.ts';
import { findCaseAccess } from '#lib/server/review/case-access.ts';
import type { RequestHandler } from './$types';

const schema = v.object({ id: v.pipe(v.string(), v.uuid()), evidence: v.pipe(v.string(), v.uuid()) });

/** A document of a case for whoever has it in hand; each look is in the audit log before the first byte leaves. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { staff, db } = locals;
	if (!staff || !v.is(schema, params)) error(404);
	const access = await findCaseAccess(db, { applicationId: params.id, staff });
	if (!access?.maySeeEvidence) error(404);
	const variant = url.searchParams.get('variant') === 'thumbnail' ? 'thumbnail' : 'original';
	const viewer = { kind: 'staff', id: staff.id, applicationId: params.id } as const;
	const opened = await openEvidence(db, { evidenceId: params.evidence, variant, viewer });
	if (!opened) error(404);
	return evidenceResponse(opened);
};
