import type { HoldKind } from '#lib/domain/contact/hold.ts';
import { nearTime } from '#lib/messages/clock-time.ts';
import { dayText } from '#lib/messages/format.ts';
import * as m from '#lib/paraglide/messages.js';
import type { ContactStep } from '#lib/server/review/contact-history.ts';

/** Which message it was, in two or three words; what it said stands nowhere. */
export function messageName(template: string): string {
	return (MESSAGES[template] ?? m.case_message_other)();
}

const MESSAGES: Readonly<Record<string, () => string>> = {
	reminder: m.case_message_reminder,
	link_resent: m.case_message_link_resent,
	sign_in_code: m.case_message_sign_in_code,
	confirmation_code: m.case_message_confirmation_code,
	application_received: m.case_message_application_received,
	application_approved: m.case_message_application_approved,
	application_declined: m.case_message_application_declined,
	application_counter_offered: m.case_message_application_counter_offered,
	objection_received: m.case_message_objection_received,
	page_again: m.case_message_page_again,
	more_requested: m.case_message_more_requested,
	counter_offer_lapsed: m.case_message_counter_offer_lapsed,
	agreement_signed: m.case_message_agreement_signed,
	agreement_expired: m.case_message_agreement_expired,
	instalment_due: m.case_message_instalment_due,
	instalment_missed: m.case_message_instalment_missed,
	instalment_cured: m.case_message_instalment_cured,
	agreement_lapsed: m.case_message_agreement_lapsed,
	agreement_completed: m.case_message_agreement_completed,
	number_changed: m.case_message_number_changed,
	sign_in_key_added: m.case_message_sign_in_key_added,
};

const HOLDS: Readonly<Record<HoldKind, () => string>> = {
	vulnerability: m.desk_pause_vulnerability,
	dispute: m.desk_pause_dispute,
};

/** A step of the contact history in words. */
export function contactText(step: ContactStep, timeZone: string): string {
	switch (step.kind) {
		case 'message_sent':
			return (step.channel === 'push' ? m.case_contact_pushed : m.case_contact_sent)({
				what: messageName(step.template),
			});
		case 'message_failed':
			return m.case_contact_failed({ what: messageName(step.template) });
		case 'message_dropped':
			return m.case_contact_dropped({ what: messageName(step.template) });
		case 'message_waits': {
			const moment = nearTime(step.until, timeZone);
			return m.case_contact_waits({ what: messageName(step.template), moment });
		}
		case 'link_opened':
			return m.case_contact_link_opened({ count: step.count });
		case 'hold_set':
			return m.case_contact_hold_set({
				name: step.staffName,
				day: dayText(step.until),
				why: HOLDS[step.hold](),
			});
		case 'hold_ended':
			return step.staffName === null ? m.case_contact_hold_over() : m.case_contact_hold_ended({ name: step.staffName });
	}
}
