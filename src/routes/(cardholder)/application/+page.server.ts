import { fail, redirect } from '@sveltejs/kit';
import { keptUntil } from '#lib/domain/application/draft-keeping.ts';
import { isAwaited } from '#lib/domain/application/evidence-item.ts';
import { LONGEST_ANSWER } from '#lib/domain/application/information-request.ts';
import { addWorkingDays, laterBy } from '#lib/domain/application/working-days.ts';
import { dayIn } from '#lib/domain/day.ts';
import * as m from '#lib/paraglide/messages.js';
import { readDraftRules } from '#lib/server/application/draft-rules.ts';
import { findLapsed } from '#lib/server/application/find-lapsed.ts';
import { findReference, findWholeApplication } from '#lib/server/application/read-application.ts';
import { reviseApplication } from '#lib/server/application/revise-application.ts';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { readSigning } from '#lib/server/agreement/read-agreement.ts';
import { findStandingHold } from '#lib/server/contact-hold/read-hold.ts';
import { env } from '#lib/server/env.ts';
import { objectToDecision } from '#lib/server/objection/object-to-decision.ts';
import { findOpenToObjection } from '#lib/server/objection/read-objection.ts';
import { acceptOffer } from '#lib/server/offer/accept-offer.ts';
import { declineOffer } from '#lib/server/offer/decline-offer.ts';
import { readWaitingOffer } from '#lib/server/offer/read-waiting-offer.ts';
import { sendOfferCode } from '#lib/server/offer/send-offer-code.ts';
import { findPushOffer } from '#lib/server/push/push-offer.ts';
import { answerRequest } from '#lib/server/request/answer-request.ts';
import { openOf } from '#lib/server/request/read-requests.ts';
import { findWaited } from '#lib/server/review/find-waited.ts';
import { readReviewRules } from '#lib/server/review/review-rules.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';
import { nextPage } from '../next-page.ts';
import { ownerOf } from '../owner.ts';
import { askedOf } from './asked.ts';
import {
	readAcceptForm,
	readAnswerForm,
	readApplicationId,
	readDeclineForm,
	readObjectionForm,
	readShownForm,
} from './forms.ts';
import { readUnsent } from './unsent.ts';
import { objectionRefusal } from './objection-refusal.ts';
import { offerRefusal } from './offer-refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

/** What a deed came to, told once on the way back. */
const TOLD = ['accepted', 'declined', 'code', 'replaced', 'saved', 'missing', 'sent', 'objected', 'notices'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	if (url.searchParams.has('withdrawn')) return { view: 'withdrawn' as const, pausedUntil: null };
	const { db } = locals;
	const timeZone = env().bankTimeZone;
	const owner = await ownerOf(locals);
	const pausedUntil = (await findStandingHold(db, owner.accountId))?.until ?? null;
	const lapsed = await findLapsed(db, owner);
	if (lapsed) return { view: 'lapsed' as const, pausedUntil, ...lapsed, timeZone };
	const application = await findWholeApplication(db, owner);
	if (!application) return { view: 'none' as const, pausedUntil };
	const { id: applicationId, offers, submittedAt } = application;
	if (application.status === 'draft') {
		const { keptDays } = await readDraftRules(db);
		const keptTo = dayIn(keptUntil(application.updatedAt, keptDays), timeZone);
		const changes = await findReference(db, application.revisesId);
		const done = {
			reason: application.reason !== null,
			evidence: application.evidence.length > 0,
			plan: application.wantsOffer || application.quote !== undefined,
		};
		return { view: 'draft' as const, pausedUntil, next: nextPage(done), keptTo, changes };
	}
	const { promisedWorkingDays } = await readReviewRules(db);
	const calendar = await readWorkCalendar(db);
	const sentOn = submittedAt ? dayIn(submittedAt, timeZone) : undefined;
	const { objection } = application;
	const promised = sentOn && addWorkingDays(sentOn, promisedWorkingDays, calendar);
	const first = objection?.closedAt === null ? objection.answerBy : promised;
	const answerBy = first && laterBy(first, await findWaited(db, applicationId), calendar);
	const objecting = await findOpenToObjection(db, { application, today: today(), timeZone });
	const request = openOf(application.requests);
	const asked = request && askedOf(request);
	const waiting = await readWaitingOffer(db, { owner, applicationId, offers, at: now() });
	const unsent = await readUnsent(db, owner, { applicationId, offerId: waiting?.offer.id, requestId: request?.id });
	const told = TOLD.find((name) => url.searchParams.has(name)) ?? null;
	const awaited = application.evidence.filter((page) => isAwaited(application.status, page)).length;
	const isApproved = application.status === 'approved';
	const signing = isApproved ? await readSigning(db, { owner, applicationId, at: now() }) : undefined;
	const push = await findPushOffer(db, owner.cardholderId);
	const shown = {
		now: now(),
		unsent,
		pausedUntil,
		application,
		awaited,
		asked,
		answerBy,
		waiting,
		objecting,
		signing,
		told,
		timeZone,
		push,
	};
	return { view: 'sent' as const, ...shown };
};

export const actions: Actions = {
	withdraw: async ({ locals, request }) => {
		const owner = await ownerOf(locals);
		const applicationId = readApplicationId(await request.formData());
		const outcome = applicationId && (await withdrawApplication(locals.db, { owner, applicationId, at: now() }));
		if (!outcome || !outcome.ok) return fail(409, { refusal: notTakenBack(outcome || undefined) });
		redirect(303, '/application?withdrawn');
	},

	/** Takes the application back and begins a new one with all that it held. */
	change: async ({ locals, request }) => {
		const owner = await ownerOf(locals);
		const applicationId = readApplicationId(await request.formData());
		const revision = { owner, applicationId: applicationId ?? '', today: today(), at: now() };
		const outcome = applicationId ? await reviseApplication(locals.db, revision) : undefined;
		if (!outcome?.ok) return fail(409, { refusal: notTakenBack(outcome) });
		redirect(303, '/hardship');
	},

	/** What was asked for: answers are kept, and sent where they say that this is everything. */
	answer: async ({ locals, request }) => {
		const owner = await ownerOf(locals);
		const form = readAnswerForm(await request.formData());
		if (!form) return fail(400, { refusal: m.check_not_found() });
		const typed = Object.fromEntries(form.answers.map(({ position, text }) => [position, text]));
		const answered = await answerRequest(locals.db, { owner, form, at: now() });
		if (answered.ok) redirect(303, form.gives ? `/documents#${form.gives}` : `/application?${TOLD_OF[answered.step]}`);
		if (answered.refusal === 'answer_long') {
			return fail(400, { typed, answerError: m.request_answer_long({ most: LONGEST_ANSWER }) });
		}
		return fail(409, { refusal: answered.refusal === 'not_asked' ? m.request_nothing_asked() : m.check_not_found() });
	},

	/** Sends the code that accepts the offer shown. */
	code: async ({ locals, request }) => {
		const owner = await ownerOf(locals);
		const shown = readShownForm(await request.formData());
		if (!shown) return fail(400, { refusal: m.offer_refused_not_found() });
		const at = now();
		const sent = await sendOfferCode(locals.db, { ...shown, owner, at });
		if (!sent.ok) return fail(409, offerRefusal(sent, at));
		redirect(303, '/application?code#accept');
	},

	accept: async ({ locals, request }) => {
		const owner = await ownerOf(locals);
		const form = readAcceptForm(await request.formData());
		if (!form) return fail(400, { codeError: m.offer_code_missing() });
		const at = now();
		const accepted = await acceptOffer(locals.db, { ...form, owner, at });
		if (!accepted.ok) return fail(409, offerRefusal(accepted, at));
		redirect(303, '/application?accepted');
	},

	decline: async ({ locals, request }) => {
		const owner = await ownerOf(locals);
		const form = readDeclineForm(await request.formData());
		if (!form) return fail(400, { refusal: m.offer_refused_not_found() });
		const at = now();
		const declined = await declineOffer(locals.db, { ...form, owner, at });
		if (!declined.ok) return fail(409, { ...offerRefusal(declined, at), words: form.words });
		redirect(303, '/application?declined');
	},

	/** Objects to the decision shown; what was written stays where it cannot be. */
	object: async ({ locals, request }) => {
		const owner = await ownerOf(locals);
		const form = readObjectionForm(await request.formData());
		if (!form) return fail(400, { refusal: m.check_not_found() });
		const order = { ...form, owner, today: today(), at: now(), timeZone: env().bankTimeZone };
		const objected = await objectToDecision(locals.db, order);
		if (!objected.ok) return fail(409, { ...objectionRefusal(objected.refusal, form.words), objection: form.words });
		redirect(303, '/application?objected');
	},
};

const TOLD_OF = { saved: 'saved', incomplete: 'missing#asked', sent: 'sent' } as const;

/** Why an application could not be taken back. */
function notTakenBack(outcome: { ok: false; refusal: 'not_found' | 'already_decided' } | undefined): string {
	return outcome?.refusal === 'already_decided' ? m.application_already_decided() : m.check_not_found();
}
