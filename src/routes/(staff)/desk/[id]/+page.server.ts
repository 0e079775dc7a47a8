import { fail, redirect } from '@sveltejs/kit';
import { decisionProblem, type Outcome } from '#lib/domain/review/decision.ts';
import { uncheckedOf } from '#lib/domain/review/checklist.ts';
import * as m from '#lib/paraglide/messages.js';
import { addDays } from '#lib/domain/day.ts';
import { addWorkingDays } from '#lib/domain/application/working-days.ts';
import { now, today } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { assignReview } from '#lib/server/review/assign-review.ts';
import type { CaseAccess } from '#lib/server/review/case-access.ts';
import { claimAgain } from '#lib/server/review/claim-again.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { findChange } from '#lib/server/review/find-change.ts';
import { getCase } from '#lib/server/review/read-case.ts';
import { previewOffer } from '#lib/server/review/preview-offer.ts';
import { releaseReview } from '#lib/server/review/release-review.ts';
import { readReviewRules } from '#lib/server/review/review-rules.ts';
import { renewLease } from '#lib/server/review/renew-lease.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';
import { confirmStaff } from '#lib/server/staff/confirm-staff.ts';
import { readConfirmation } from '#lib/server/staff/read-confirmation.ts';
import { proofRefusalText, readProof } from '../../proof.ts';
import { letterTemplate } from '../letter.ts';
import {
	type DecisionFields,
	fieldsOfProposal,
	readAssignForm,
	readDecisionForm,
	readHeldForm,
	readOfferPick,
} from './decision-form.ts';
import { endHoldAction, holdAction, referAction } from './aside-actions.ts';
import { askAction, proposeAsking } from './ask-actions.ts';
import { readAskForm } from './request-form.ts';
import { openCase } from './open-case.ts';
import { requoteAction } from './requote-action.ts';
import { checkAction, markAction, readPlace, uncheckAction } from './page-actions.ts';
import { assignRefusalText, claimRefusalText, decideRefusalText, releaseRefusalText } from './refusal-text.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const USUAL_DAYS = 5;
const USUAL_HOLD_DAYS = 30;

const untilMs = (end: Date | null) => Math.max(0, (end?.getTime() ?? 0) - now().getTime());

export const load: PageServerLoad = async (event) => {
	const { db, staff, access } = await openCase(event);
	const { review, hold, holder, assignee, maySee, maySeeEvidence, takesAs, refusal } = access;
	const { reference, fence, leaseExpiresAt } = review;
	const { confirmMinutes: minutes } = await readReviewRules(db);
	const it = maySee ? await getCase(db, access, staff.id) : null;
	return {
		confirmation: await readConfirmation(db, { staffId: staff.id, sessionId: staff.sessionId, minutes }),
		reference,
		lease: { hold, holder, fence, endsAt: leaseExpiresAt, endsInMs: untilMs(leaseExpiresAt), takesAs, refusal },
		assignment: { assignee, isYou: assignee?.staffId === staff.id, colleagues: access.assignable },
		maySeeEvidence,
		case: it,
		preset: it && hold === 'yours' ? fieldsOfProposal(it, fence) : null,
		applicationId: review.applicationId,
		place: readPlace(event.url),
		/** By when what is asked for is usually to be there. */
		holdUntil: addDays(today(), USUAL_HOLD_DAYS),
		askDue: addWorkingDays(today(), USUAL_DAYS, await readWorkCalendar(db)),
	};
};

export const actions: Actions = {
	/** The first step of a decision: nothing is written, the second step shows what would be. */
	propose: async (event) => {
		const { db, access, applicationId } = await openCase(event);
		const form = await event.request.formData();
		const fields = readDecisionForm(form);
		if (!fields) return fail(400, { step: 'fill' as const, refusal: m.desk_refused_form() });
		const { outcome } = fields;
		if (outcome === 'more_requested') return proposeAsking(event, form, fields);
		const kept = { ...fields, outcome: outcome ?? null };
		if (!outcome) return fail(400, { step: 'fill' as const, fields: kept, refusal: m.desk_refused_outcome_needed() });
		const refusal = proposalRefusal({ ...fields, outcome });
		if (refusal) {
			return fail(400, { step: 'fill' as const, fields: kept, refusal: decideRefusalText(refusal, access.holder) });
		}
		const offered = outcome === 'counter_offered' ? await showOffer(db, access, fields) : undefined;
		if (offered?.ok === false) {
			const words = decideRefusalText(offered.refusal, access.holder);
			return fail(400, { step: 'fill' as const, fields: kept, refusal: words });
		}
		const change = await findChange(db, { applicationId, seen: fields });
		const words = wordsOf({ ...fields, outcome }, access.review.locale);
		const changed = change ? decideRefusalText(change, null) : null;
		const offer = offered?.offer;
		return { step: 'confirm' as const, fields: { ...kept, words, wordsFor: wordsKey(fields) }, changed, offer };
	},

	/** The plan that was asked for on today's figures, filled in as a counter-offer; nothing is written. */
	requote: (event) => requoteAction(event),

	/** Back from the second step, with everything that was filled in. */
	revise: async ({ request }) => {
		const form = await request.formData();
		const fields = readDecisionForm(form);
		const asked = fields?.outcome === 'more_requested' ? readAskForm(form) : undefined;
		return { step: 'fill' as const, asked, ...(fields && { fields: { ...fields, outcome: fields.outcome ?? null } }) };
	},

	/** The second step: the decision is made. */
	decide: async (event) => {
		const { db, staff, applicationId } = await openCase(event);
		const form = await event.request.formData();
		const fields = readDecisionForm(form);
		if (!fields?.outcome || fields.outcome === 'more_requested')
			return fail(400, { step: 'fill' as const, refusal: m.desk_refused_form() });
		const { outcome, reason, checked, note, words, fence, version, postingMark, evidence } = fields;
		const seen = { version, postingMark, evidence };
		const pick = outcome === 'counter_offered' ? readOfferPick(fields) : undefined;
		const offer = pick ? { ...pick, termsHash: fields.offer_hash } : null;
		const { id: staffId, sessionId } = staff;
		const filled = { applicationId, fence, outcome, reason, checked, note, words, seen, offer };
		const proof = readProof(form);
		const confirmed = proof && (await runAs('door', () => confirmStaff(db, { staffId, sessionId, proof })));
		const isProven = confirmed?.ok !== false;
		const decided = isProven ? await decideApplication(db, { staffId, sessionId, ...filled }) : undefined;
		if (decided?.ok) {
			redirect(303, `/desk?done=${decided.step === 'proposed' ? decided.step : outcome}&case=${decided.reference}`);
		}
		const { access } = await openCase(event);
		const refusal = decided && decideRefusalText(decided.refusal, access.holder);
		const kept = { ...fields, outcome };
		const shown = pick && (await showOffer(db, access, fields));
		// What cannot be offered at all goes back to where it is picked.
		if (shown?.ok === false) {
			const words = refusal ?? decideRefusalText(shown.refusal, access.holder);
			return fail(409, { step: 'fill' as const, fields: kept, refusal: words });
		}
		const isOtherOffer = !isProven && shown !== undefined && shown.offer.termsHash !== fields.offer_hash;
		return fail(409, {
			step: 'confirm' as const,
			fields: kept,
			refusal,
			unproven: isProven ? undefined : proofRefusalText(confirmed),
			changed: isOtherOffer ? decideRefusalText('offer_changed', null) : null,
			offer: shown?.offer,
		});
	},

	/** The second step of asking for more. */
	ask: askAction,

	/** Three that take the case out of hand, or let reminders go again. */
	refer: referAction,
	hold: holdAction,
	end_hold: endHoldAction,

	renew: async (event) => {
		const { db, staff, applicationId } = await openCase(event);
		const form = readHeldForm(await event.request.formData());
		const renewed = form && (await renewLease(db, { staffId: staff.id, applicationId, fence: form.fence }));
		if (!renewed?.ok) return fail(409, { step: 'fill' as const, refusal: m.desk_refused_lease_lost() });
		return {
			step: 'fill' as const,
			lease: { endsAt: renewed.leaseExpiresAt, endsInMs: untilMs(renewed.leaseExpiresAt) },
		};
	},

	again: async (event) => {
		const { db, staff, applicationId } = await openCase(event);
		const fields = readDecisionForm(await event.request.formData());
		const claim = await claimAgain(db, { staffId: staff.id, applicationId });
		if (!claim.ok) return fail(409, { step: 'fill' as const, refusal: claimRefusalText(claim.refusal) });
		if (!fields) redirect(303, `/desk/${applicationId}`);
		// What was filled in before the lease ran out comes along, with what has changed since.
		const change = await findChange(db, { applicationId, seen: fields });
		const kept = { ...fields, outcome: fields.outcome ?? null };
		return { step: 'fill' as const, fields: kept, ...(change && { refusal: decideRefusalText(change, null) }) };
	},

	check: (event) => checkAction(event),

	uncheck: (event) => uncheckAction(event),

	pin: (event) => markAction(event),

	put_back: (event) => release(event, false),

	/** What the first of two decided goes back with a note. */
	send_back: (event) => release(event, true),

	assign: async (event) => {
		const { db, staff, access, applicationId } = await openCase(event);
		const form = readAssignForm(await event.request.formData());
		if (!form) return fail(400, { step: 'fill' as const, assignProblem: m.desk_refused_form() });
		const assigned = await assignReview(db, { staffId: staff.id, applicationId, to: form.to });
		if (!assigned.ok) return fail(409, { step: 'fill' as const, assignProblem: assignRefusalText(assigned.refusal) });
		const done = form.to === null ? 'unassigned' : 'assigned';
		redirect(303, `/desk?done=${done}&case=${access.review.reference}`);
	},
};

/** The case goes back into the queue with a note; with `returns` what waits for a second approver ends. */
async function release(event: RequestEvent, returns: boolean) {
	const { db, staff, access, applicationId } = await openCase(event);
	const form = readHeldForm(await event.request.formData());
	if (!form) return fail(400, { step: 'fill' as const, refusal: m.desk_refused_form() });
	const { fence } = form;
	const note = returns ? form.return_note : form.put_back_note;
	const released = await releaseReview(db, { staffId: staff.id, applicationId, fence, note, returns });
	if (released.ok) redirect(303, `/desk?done=${returns ? 'returned' : 'put_back'}&case=${access.review.reference}`);
	const { problem, refusal } = releaseRefusalText(released.refusal);
	const kept = { note, problem };
	return fail(400, { step: 'fill' as const, refusal, ...(returns ? { sendBack: kept } : { putBack: kept }) });
}

/** The plan of a counter-offer as the second step shows it, worked out on today's figures; nothing is written. */
async function showOffer(db: Db, { review, maySee }: CaseAccess, fields: DecisionFields) {
	const { applicationId, accountId } = review;
	// Its figures are the case's: who may not see that is shown none.
	if (!maySee) return { ok: false, refusal: 'lease_lost' } as const;
	const pick = readOfferPick(fields);
	if (!pick) return { ok: false, refusal: 'offer_missing' } as const;
	return previewOffer(db, { applicationId, accountId, pick });
}

type Filled = DecisionFields & { outcome: Outcome };

/** What can be said before the second step; words are not asked for yet. */
function proposalRefusal({ outcome, reason, checked }: Filled): 'reason_needed' | 'unchecked' | undefined {
	if (outcome !== 'declined') return uncheckedOf(checked).length > 0 ? 'unchecked' : undefined;
	return decisionProblem({ outcome, reason, words: 'later' }) === 'reason_needed' ? 'reason_needed' : undefined;
}

const wordsKey = ({ outcome, reason }: DecisionFields) =>
	`${outcome ?? ''}:${outcome === 'declined' ? (reason ?? '') : ''}`;

/** What was written already for this very decision, else the template in the cardholder's language. */
function wordsOf(fields: Filled, locale: string): string {
	const isWritten = fields.wordsFor === wordsKey(fields) && fields.words.trim() !== '';
	return isWritten ? fields.words : letterTemplate(fields.outcome, fields.reason, locale);
}
