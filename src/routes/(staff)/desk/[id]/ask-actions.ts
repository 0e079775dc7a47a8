import { fail, redirect } from '@sveltejs/kit';
import { requestProblem } from '#lib/domain/application/information-request.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { LONGEST_NOTE } from '#lib/domain/review/note.ts';
import * as m from '#lib/paraglide/messages.js';
import { today } from '#lib/server/clock.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { findChange } from '#lib/server/review/find-change.ts';
import { isAskedAlready } from '#lib/server/review/is-done-already.ts';
import { plainRequest, requestMore } from '#lib/server/review/request-more.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';
import { confirmStaff } from '#lib/server/staff/confirm-staff.ts';
import { proofRefusalText, readProof } from '../../proof.ts';
import { askRefusalText, isProblem } from './ask-refusal-text.ts';
import { type DecisionFields, readDecisionForm } from './decision-form.ts';
import { openCase } from './open-case.ts';
import { decideRefusalText, fieldOf } from './refusal-text.ts';
import { readAskForm, requestOf } from './request-form.ts';
import type { RequestEvent } from './$types';

/** The first step of asking for more: nothing is written, the second step shows what would be asked. */
export async function proposeAsking(event: RequestEvent, form: FormData, fields: DecisionFields) {
	const { db, applicationId } = await openCase(event);
	const kept = { ...fields, outcome: 'more_requested' as const };
	const asked = readAskForm(form);
	if (!asked) return fail(400, { step: 'fill' as const, fields: kept, refusal: m.desk_refused_form() });
	const calendar = await readWorkCalendar(db);
	const isNoteLong = plainText(fields.note).length > LONGEST_NOTE;
	const problem = isNoteLong
		? 'note_long'
		: requestProblem(plainRequest(requestOf(asked)), { today: today(), calendar });
	if (problem) {
		const refusal = askRefusalText(problem, null);
		return fail(400, { step: 'fill' as const, fields: kept, asked, refusal, field: fieldOf(problem) });
	}
	const change = await findChange(db, { applicationId, seen: fields });
	const changed = change ? decideRefusalText(change, null) : null;
	return { step: 'confirm_ask' as const, fields: kept, asked, changed };
}

/** The second step: the cardholder is asked. */
export async function askAction(event: RequestEvent) {
	const { db, staff, access: before, applicationId } = await openCase(event);
	const form = await event.request.formData();
	const fields = readDecisionForm(form);
	const asked = readAskForm(form);
	if (!fields || !asked) return fail(400, { step: 'fill' as const, refusal: m.desk_refused_form() });
	const { note, fence, version, postingMark, evidence } = fields;
	const seen = { version, postingMark, evidence };
	const { id: staffId, sessionId } = staff;
	// An answer that was lost on its way: what was asked then stands.
	const request = requestOf(asked);
	if (await isAskedAlready(db, { applicationId, staffId, fence, request })) {
		redirect(303, `/desk?done=more_requested&case=${before.review.reference}`);
	}
	const proof = readProof(form);
	const confirmed = proof && (await runAs('door', () => confirmStaff(db, { staffId, sessionId, proof })));
	const kept = { ...fields, outcome: 'more_requested' as const };
	if (confirmed?.ok === false) {
		const unproven = proofRefusalText(confirmed);
		return fail(409, { step: 'confirm_ask' as const, fields: kept, asked, changed: null, unproven });
	}
	const order = { staffId, sessionId, applicationId, fence, request, note, seen };
	const done = await requestMore(db, order);
	if (done.ok) redirect(303, `/desk?done=more_requested&case=${done.reference}`);
	const { access } = await openCase(event);
	const refusal = askRefusalText(done.refusal, access);
	const field = fieldOf(done.refusal);
	// What is filled in wrongly goes back to where it is filled in.
	if (isProblem(done.refusal)) return fail(400, { step: 'fill' as const, fields: kept, asked, refusal, field });
	return fail(409, { step: 'confirm_ask' as const, fields: kept, asked, changed: null, refusal });
}
