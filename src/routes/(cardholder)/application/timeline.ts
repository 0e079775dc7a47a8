import type { Day } from '#lib/domain/day.ts';
import { dayText, instantText } from '#lib/messages/format.ts';
import * as m from '#lib/paraglide/messages.js';
import type { Signing } from '#lib/server/agreement/read-agreement.ts';
import type { WholeApplication } from '#lib/server/application/read-application.ts';
import type { ReadObjection } from '#lib/server/objection/read-objection.ts';
import type { ReadRequest } from '#lib/server/request/read-requests.ts';
import type { ReadOffer } from '#lib/server/offer/read-offers.ts';

/** One step as the timeline draws it. */
interface TimelineItem {
	readonly title: string;
	readonly at?: string;
	readonly text?: string;
	readonly state: 'done' | 'ended' | 'now' | 'next';
}

/** What happened, where the application is now, and what comes next and by when; read downwards. */
export function timelineOf(
	application: WholeApplication,
	{ answerBy, signing, timeZone }: { answerBy: Day | undefined; signing: Signing | undefined; timeZone: string },
): TimelineItem[] {
	const { status, submittedAt, decidedAt, offers, objection } = application;
	const at = (instant: Date | null) => (instant ? { at: instantText(instant, timeZone) } : {});
	const sent: TimelineItem = { title: m.application_step_sent(), ...at(submittedAt), state: 'done' };
	const past = [sent, ...between(application, timeZone)];
	const isObjected = objection?.closedAt === null;
	const isAgain = offers.length > 0 && !isObjected;
	const answer: TimelineItem = {
		title: m.application_step_answer(),
		// The promise was about the first answer, which has been given; while more is asked its day moves.
		...(answerBy &&
			!isAgain &&
			status !== 'more_requested' && { at: m.application_step_answer_by({ day: dayText(answerBy) }) }),
		state: 'next',
	};
	const review = isObjected
		? m.objection_step_review()
		: isAgain
			? m.offer_step_review_again()
			: m.application_step_review();
	const reviewText = isObjected ? m.objection_step_review_text() : m.application_step_review_text();
	switch (status) {
		case 'submitted':
			return [
				...past,
				{ title: m.application_step_queued(), state: 'now' },
				{ title: review, text: reviewText, state: 'next' },
				answer,
			];
		case 'in_review':
			return [...past, { title: review, text: reviewText, state: 'now' }, answer];
		case 'more_requested':
			return [...past, { title: review, text: reviewText, state: 'next' }, answer];
		case 'counter_offered':
			return [...past, { title: m.application_step_sign(), text: m.application_step_sign_text(), state: 'next' }];
		case 'approved':
			return [
				...past,
				{ title: m.application_step_approved(), ...at(decidedAt), state: 'done' },
				signingStep(signing, timeZone),
			];
		default:
			return [
				...past,
				{
					title: objection ? m.objection_step_declined_again() : m.application_step_declined(),
					...at(decidedAt),
					state: 'ended',
				},
			];
	}
}

/** The agreement after an approval: still to be signed, or what came of it. */
function signingStep(signing: Signing | undefined, timeZone: string): TimelineItem {
	const at = signing && instantText(signing.until, timeZone);
	switch (signing?.state) {
		case 'signed':
			return { title: m.application_step_signed(), ...(at && { at }), state: 'done' };
		case 'too_late':
			return { title: m.agreement_expired_title(), ...(at && { at }), state: 'ended' };
		case 'refused':
			return { title: m.agreement_refused_title(), ...(at && { at }), state: 'ended' };
		default:
			return { title: m.application_step_sign(), text: m.application_step_sign_text(), state: 'now' };
	}
}

/** What the bank offered and asked for, and what was objected to, in the order in which it came. */
function between(
	{ offers, requests, objection }: Pick<WholeApplication, 'offers' | 'requests' | 'objection'>,
	timeZone: string,
): TimelineItem[] {
	return [
		...offers.map((offer) => ({ at: offer.offeredAt, steps: offerSteps(offer, timeZone) })),
		...requests.map((request) => ({ at: request.askedAt, steps: requestSteps(request, timeZone) })),
		...(objection ? [{ at: objection.at, steps: objectionSteps(objection, timeZone) }] : []),
	]
		.sort((a, b) => a.at.getTime() - b.at.getTime())
		.flatMap(({ steps }) => steps);
}

/** A request for more and what came of it. */
function requestSteps({ askedAt, dueOn, closedAs, closedAt }: ReadRequest, timeZone: string): TimelineItem[] {
	const asked: TimelineItem = { title: m.request_step_asked(), at: instantText(askedAt, timeZone), state: 'done' };
	const by = m.request_step_bring_by({ day: dayText(dueOn) });
	if (closedAt === null) return [asked, { title: m.request_step_bring(), at: by, state: 'now' }];
	const title = closedAs === 'lapsed' ? m.request_step_lapsed() : m.request_step_answered();
	return [asked, { title, at: instantText(closedAt, timeZone), state: closedAs === 'lapsed' ? 'ended' : 'done' }];
}

/** A decline and the cardholder's objection to it. */
function objectionSteps({ at, decision }: ReadObjection, timeZone: string): TimelineItem[] {
	return [
		{ title: m.application_step_declined(), at: instantText(decision.decidedAt, timeZone), state: 'ended' },
		{ title: m.objection_step_made(), at: instantText(at, timeZone), state: 'done' },
	];
}

/** An offer and what came of it. */
function offerSteps({ offeredAt, expiresAt, answer, answeredAt }: ReadOffer, timeZone: string): TimelineItem[] {
	const made: TimelineItem = { title: m.offer_step_made(), at: instantText(offeredAt, timeZone), state: 'done' };
	if (answer === null) {
		const by = m.offer_step_answer_by({ moment: instantText(expiresAt, timeZone) });
		return [made, { title: m.offer_step_answer(), at: by, text: m.offer_step_answer_text(), state: 'now' }];
	}
	const title = {
		accepted: m.offer_step_accepted(),
		declined: m.offer_step_declined(),
		// On an application that goes on, an offer ended unanswered only because its figures changed.
		lapsed: m.offer_step_overtaken(),
	}[answer];
	const state = answer === 'lapsed' ? 'ended' : 'done';
	return [made, { title, ...(answeredAt && { at: instantText(answeredAt, timeZone) }), state }];
}
