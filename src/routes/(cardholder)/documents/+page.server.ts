import { fail, redirect } from '@sveltejs/kit';
import { isEvidenceKind } from '#lib/domain/application/evidence.ts';
import { reasonName } from '#lib/messages/reason-words.ts';
import * as m from '#lib/paraglide/messages.js';
import type { Owner } from '#lib/server/application/draft.ts';
import { findWholeApplication, type WholeApplication } from '#lib/server/application/read-application.ts';
import { now } from '#lib/server/clock.ts';
import { env } from '#lib/server/env.ts';
import type { ArrangeRefusal } from '#lib/server/evidence/arrange-page.ts';
import { attachDocuments } from '#lib/server/evidence/attach-documents.ts';
import { captureKey } from '#lib/server/evidence/capture-key.ts';
import { awaitPrepared } from '#lib/server/evidence/await-prepared.ts';
import { movePage } from '#lib/server/evidence/move-page.ts';
import { removeDocument } from '#lib/server/evidence/remove-document.ts';
import { turnPage } from '#lib/server/evidence/turn-page.ts';
import { withdrawSensitiveConsent } from '#lib/server/evidence/withdraw-sensitive-consent.ts';
import { draftRefusalWords } from '../draft-words.ts';
import { ownerOf } from '../owner.ts';
import { awaitedOf, checklistOf } from './checklist.ts';
import { doneWords } from './done-words.ts';
import { readMoveForm, readPageForm } from './forms.ts';
import { attachRefusalWords, refusedFileWords } from './refusal-words.ts';
import type { Actions, PageServerLoad } from './$types';

/** A small script sends what is chosen and reads the list anew; without it the same forms do it. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, url }) => {
	const owner = await ownerOf(locals);
	// What was just posted tells at once what came of it.
	const waits = url.searchParams.has('received') || url.searchParams.has('/attach');
	const application = await (waits ? findPrepared(locals, owner) : findWholeApplication(locals.db, owner));
	if (!application || application.status === 'declined' || application.reason === null) redirect(303, '/hardship');
	const { reason, sensitiveConsentAt, status } = application;
	const isPreparing = application.evidence.some(({ state }) => state === 'received');
	const shared = {
		done: doneWords(url.searchParams),
		sensitiveConsentAt,
		isPreparing,
		captureKey: captureKey(application.id),
		timeZone: env().bankTimeZone,
	};
	if (status === 'draft')
		return { ...shared, view: 'draft' as const, reason: reasonName(reason), needs: checklistOf(application) };
	const awaited = awaitedOf(application);
	if (awaited.length === 0) {
		redirect(303, isPreparing || url.searchParams.has('received') ? '/application?replaced' : '/application');
	}
	return { ...shared, view: 'again' as const, awaited };
};

async function findPrepared({ db }: App.Locals, owner: Owner): Promise<WholeApplication | undefined> {
	const application = await findWholeApplication(db, owner);
	if (!application?.evidence.some(({ state }) => state === 'received')) return application;
	await awaitPrepared(db, application.id);
	return findWholeApplication(db, owner);
}

export const actions: Actions = {
	attach: async ({ locals, request, url }) => {
		const owner = await ownerOf(locals);
		const source = { body: request.body, contentType: request.headers.get('content-type') };
		const asked = url.searchParams.get('kind') ?? '';
		const kind = isEvidenceKind(asked) ? asked : null;
		const outcome = await attachDocuments(locals.db, { owner, source, at: now() });
		const goesOn = url.searchParams.has('onward');
		if (goesOn && !outcome.ok && outcome.refusal === 'no_file') redirect(303, await onwardFrom(locals, owner));
		if (!outcome.ok)
			return fail(outcome.refusal === 'storage_full' ? 507 : 400, {
				kind,
				errors: [attachRefusalWords(outcome.refusal)],
				done: undefined,
			});
		const errors = outcome.refused.map(refusedFileWords);
		const attached = outcome.attached.length;
		if (errors.length === 0) {
			const isRefused = goesOn && (await refusesAny(locals, owner, outcome.attached));
			const here = `/documents?received=${String(attached)}${isRefused ? `#${asked}` : ''}`;
			redirect(303, goesOn && !isRefused ? await onwardFrom(locals, owner) : here);
		}
		return fail(400, {
			kind,
			errors,
			done: attached > 0 ? m.documents_attached({ count: attached }) : m.documents_none_attached(),
		});
	},
	turn: async ({ locals, request }) => {
		const owner = await ownerOf(locals);
		const page = readPageForm(await request.formData());
		const outcome = page && (await turnPage(locals.db, { ...page, owner, at: now() }));
		if (!outcome?.ok) return notDone(outcome?.refusal ?? 'not_found');
		redirect(303, `/documents?turned#page-${page?.evidenceId ?? ''}`);
	},
	move: async ({ locals, request }) => {
		const owner = await ownerOf(locals);
		const page = readMoveForm(await request.formData());
		const outcome = page && (await movePage(locals.db, { ...page, owner, at: now() }));
		if (!outcome?.ok) return notDone(outcome?.refusal ?? 'not_found');
		redirect(303, `/documents?moved#page-${page?.evidenceId ?? ''}`);
	},
	remove: async ({ locals, request }) => {
		const owner = await ownerOf(locals);
		const page = readPageForm(await request.formData());
		const outcome = page && (await removeDocument(locals.db, { ...page, owner, at: now() }));
		// What is gone already, or was never theirs, needs no removing.
		if (outcome?.ok === false && outcome.refusal !== 'not_found') return notDone(outcome.refusal);
		redirect(303, '/documents?removed');
	},
	withdraw: async ({ locals }) => {
		const outcome = await withdrawSensitiveConsent(locals.db, { owner: await ownerOf(locals), at: now() });
		if (!outcome.ok) return notDone(outcome.refusal);
		redirect(303, '/documents?withdrawn');
	},
};

/** Where whoever goes on from here comes to. */
async function onwardFrom({ db }: App.Locals, owner: Owner): Promise<string> {
	const application = await findWholeApplication(db, owner);
	return application?.status === 'draft' ? '/plans' : '/application';
}

/** Whether one of these pages turned out, once it was looked into, to be none that can be read. */
async function refusesAny(locals: App.Locals, owner: Owner, ids: readonly string[]): Promise<boolean> {
	const application = await findPrepared(locals, owner);
	return application?.evidence.some(({ id, state }) => ids.includes(id) && state === 'refused') ?? false;
}

/** A deed that was not done, told above the list. */
function notDone(refusal: ArrangeRefusal) {
	const text = refusal === 'not_found' ? m.page_gone() : draftRefusalWords(refusal);
	return fail(409, { kind: null, errors: [text], done: undefined });
}
