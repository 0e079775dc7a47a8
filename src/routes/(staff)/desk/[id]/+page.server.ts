import { fail, redirect } from '@sveltejs/kit';
import * as m from '#lib/paraglide/messages.js';
import { addDays } from '#lib/domain/day.ts';
import { addWorkingDays } from '#lib/domain/application/working-days.ts';
import { now, today } from '#lib/server/clock.ts';
import { assignReview } from '#lib/server/review/assign-review.ts';
import { getCase } from '#lib/server/review/read-case.ts';
import { recallReview } from '#lib/server/review/recall-review.ts';
import { releaseReview } from '#lib/server/review/release-review.ts';
import { readReviewRules } from '#lib/server/review/review-rules.ts';
import { renewLease } from '#lib/server/review/renew-lease.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';
import { readConfirmation } from '#lib/server/staff/read-confirmation.ts';
import { fieldsOfProposal, readAssignForm, readDecisionForm, readHeldForm } from './decision-form.ts';
import { againAction } from './again-action.ts';
import { endHoldAction, holdAction, referAction } from './aside-actions.ts';
import { askAction } from './ask-actions.ts';
import { decideAction, proposeAction } from './decision-actions.ts';
import { readAskForm } from './request-form.ts';
import { openCase } from './open-case.ts';
import { requoteAction } from './requote-action.ts';
import { checkAction, markAction, readPlace, uncheckAction } from './page-actions.ts';
import { assignRefusalText, recallRefusalText, releaseRefusalText } from './refusal-text.ts';
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
	propose: proposeAction,

	/** The plan that was asked for on today's figures, filled in as a counter-offer; nothing is written. */
	requote: (event) => requoteAction(event),

	/** Back from the second step, with everything that was filled in. */
	revise: async ({ request }) => {
		const form = await request.formData();
		const fields = readDecisionForm(form);
		const asked = fields?.outcome === 'more_requested' ? readAskForm(form) : undefined;
		return { step: 'fill' as const, asked, ...(fields && { fields: { ...fields, outcome: fields.outcome ?? null } }) };
	},

	decide: decideAction,

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

	/** The case is taken once more, with all that was filled in before. */
	again: againAction,

	check: (event) => checkAction(event),

	uncheck: (event) => uncheckAction(event),

	pin: (event) => markAction(event),

	put_back: (event) => release(event, false),

	/** What the first of two decided goes back with a note. */
	send_back: (event) => release(event, true),

	/** A supervisor takes it out of the hands of a colleague who cannot go on. */
	recall: async (event) => {
		const { db, staff, access, applicationId } = await openCase(event);
		const form = readHeldForm(await event.request.formData());
		if (!form) return fail(400, { step: 'fill' as const, refusal: m.desk_refused_form() });
		const { fence, recall_note: note } = form;
		const recalled = await recallReview(db, { staffId: staff.id, applicationId, fence, note });
		if (recalled.ok) redirect(303, `/desk?done=put_back&case=${access.review.reference}`);
		const recall = { note, problem: recallRefusalText(recalled.refusal) };
		return fail(recalled.refusal.startsWith('note') ? 400 : 409, { step: 'fill' as const, recall });
	},

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
	const { access: now } = await openCase(event);
	const { problem, refusal } = releaseRefusalText(released.refusal, now);
	const kept = { note, problem };
	return fail(400, { step: 'fill' as const, refusal, ...(returns ? { sendBack: kept } : { putBack: kept }) });
}
