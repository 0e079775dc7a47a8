import { fail, redirect } from '@sveltejs/kit';
import { EVIDENCE_FOR, INCOME_EVIDENCE } from '#lib/domain/application/evidence.ts';
import { findWholeApplication } from '#lib/server/application/read-application.ts';
import { now } from '#lib/server/clock.ts';
import { env } from '#lib/server/env.ts';
import { attachDocuments } from '#lib/server/evidence/attach-documents.ts';
import { captureKey } from '#lib/server/evidence/capture-key.ts';
import { removeDocument } from '#lib/server/evidence/remove-document.ts';
import { withdrawSensitiveConsent } from '#lib/server/evidence/withdraw-sensitive-consent.ts';
import * as m from '#lib/paraglide/messages.js';
import { draftRefusalWords } from '../draft-words.ts';
import { ownerOf } from '../owner.ts';
import { attachRefusalWords, refusedFileWords } from './refusal-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const application = await findWholeApplication(locals.db, await ownerOf(locals));
	if (!application || application.status === 'declined' || application.reason === null) redirect(303, '/hardship');
	if (application.status !== 'draft') redirect(303, '/application');
	const { reason, evidence, missingEvidence, sensitiveConsentAt } = application;
	const isMissing = (need: 'reason' | 'income') => missingEvidence.some((missing) => missing.need === need);
	const reasonKinds = EVIDENCE_FOR[reason];
	return {
		done: doneWords(url.searchParams),
		reason,
		sensitiveConsentAt,
		captureKey: captureKey(application.id),
		timeZone: env().bankTimeZone,
		needs: [
			{
				need: 'reason' as const,
				kinds: reasonKinds,
				isMissing: isMissing('reason'),
				// What was sent for another reason, named before, is still there to be seen and removed.
				evidence: evidence.filter(({ kind }) => !INCOME_EVIDENCE.includes(kind) || reasonKinds.includes(kind)),
			},
			{
				need: 'income' as const,
				kinds: INCOME_EVIDENCE,
				isMissing: isMissing('income'),
				evidence: evidence.filter(({ kind }) => INCOME_EVIDENCE.includes(kind) && !reasonKinds.includes(kind)),
			},
		],
	};
};

export const actions: Actions = {
	attach: async ({ locals, request, url }) => {
		const owner = await ownerOf(locals);
		const source = { body: request.body, contentType: request.headers.get('content-type') };
		const need = url.searchParams.get('need');
		const outcome = await attachDocuments(locals.db, { owner, source, at: now() });
		if (!outcome.ok)
			return fail(outcome.refusal === 'storage_full' ? 507 : 400, {
				need,
				errors: [attachRefusalWords(outcome.refusal)],
				done: undefined,
			});
		const errors = outcome.refused.map(refusedFileWords);
		const attached = outcome.attached.length;
		if (errors.length === 0) redirect(303, `/documents?received=${String(attached)}`);
		return fail(400, {
			need,
			errors,
			done: attached > 0 ? m.documents_attached({ count: attached }) : m.documents_none_attached(),
		});
	},
	remove: async ({ locals, request }) => {
		const owner = await ownerOf(locals);
		const evidenceId = String((await request.formData()).get('evidence') ?? '');
		const isId = /^[0-9a-f-]{36}$/.test(evidenceId);
		const outcome = isId ? await removeDocument(locals.db, { owner, evidenceId, at: now() }) : undefined;
		// What is gone already, or was never theirs, needs no removing.
		if (outcome?.ok === false && outcome.refusal !== 'not_found') {
			return fail(409, { need: null, errors: [draftRefusalWords(outcome.refusal)], done: undefined });
		}
		redirect(303, '/documents?removed');
	},
	withdraw: async ({ locals }) => {
		const outcome = await withdrawSensitiveConsent(locals.db, { owner: await ownerOf(locals), at: now() });
		if (!outcome.ok) return fail(409, { need: null, errors: [draftRefusalWords(outcome.refusal)], done: undefined });
		redirect(303, '/documents?withdrawn');
	},
};

/** What has just been done, where the page is shown after it. */
function doneWords(query: URLSearchParams): string | undefined {
	const received = Number(query.get('received'));
	if (Number.isInteger(received) && received > 0) return m.documents_attached({ count: received });
	if (query.has('removed')) return m.documents_removed();
	return query.has('withdrawn') ? m.documents_withdrawn() : undefined;
}
