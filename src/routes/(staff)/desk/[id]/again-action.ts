import { fail, redirect } from '@sveltejs/kit';
import { claimAgain } from '#lib/server/review/claim-again.ts';
import { findChange } from '#lib/server/review/find-change.ts';
import { readDecisionForm } from './decision-form.ts';
import { openCase } from './open-case.ts';
import { claimRefusalText, decideRefusalText } from './refusal-text.ts';
import { readAskForm } from './request-form.ts';
import type { RequestEvent } from './$types';

/** A case whose time ran out is taken once more; what was filled in before comes along, done or refused. */
export async function againAction(event: RequestEvent) {
	const { db, staff, applicationId } = await openCase(event);
	const form = await event.request.formData();
	const fields = readDecisionForm(form);
	const kept = fields && {
		asked: fields.outcome === 'more_requested' ? readAskForm(form) : undefined,
		fields: { ...fields, outcome: fields.outcome ?? null },
	};
	const claim = await claimAgain(db, { staffId: staff.id, applicationId });
	if (!claim.ok) return fail(409, { step: 'fill' as const, ...kept, refusal: claimRefusalText(claim.refusal) });
	if (!kept) redirect(303, `/desk/${applicationId}`);
	// What was filled in before the lease ran out comes along, with what has changed since.
	const change = await findChange(db, { applicationId, seen: kept.fields });
	return { step: 'fill' as const, ...kept, ...(change && { refusal: decideRefusalText(change, null) }) };
}
