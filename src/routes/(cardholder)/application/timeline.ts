import type { Day } from '#lib/domain/day.ts';
import { dayText, instantText } from '#lib/messages/format.ts';
import * as m from '#lib/paraglide/messages.js';
import type { WholeApplication } from '#lib/server/application/read-application.ts';

/** One step as the timeline draws it. */
interface TimelineItem {
	readonly title: string;
	readonly at?: string;
	readonly text?: string;
	readonly state: 'done' | 'now' | 'next';
}

/** What happened, where the application is now, and what comes next and by when; read downwards. */
export function timelineOf(application: WholeApplication, answerBy: Day | undefined, timeZone: string): TimelineItem[] {
	const { status, submittedAt, decidedAt } = application;
	const at = (instant: Date | null) => (instant ? { at: instantText(instant, timeZone) } : {});
	const sent: TimelineItem = { title: m.application_step_sent(), ...at(submittedAt), state: 'done' };
	const answer: TimelineItem = {
		title: m.application_step_answer(),
		...(answerBy && { at: m.application_step_answer_by({ day: dayText(answerBy) }) }),
		state: 'next',
	};
	const review = m.application_step_review();
	switch (status) {
		case 'submitted':
			return [
				sent,
				{ title: m.application_step_queued(), state: 'now' },
				{ title: review, text: m.application_step_review_text(), state: 'next' },
				answer,
			];
		case 'in_review':
			return [sent, { title: review, text: m.application_step_review_text(), state: 'now' }, answer];
		case 'approved':
			return [
				sent,
				{ title: m.application_step_approved(), ...at(decidedAt), state: 'done' },
				{ title: m.application_step_sign(), text: m.application_step_sign_text(), state: 'now' },
			];
		default:
			return [sent, { title: m.application_step_declined(), ...at(decidedAt), state: 'done' }];
	}
}
