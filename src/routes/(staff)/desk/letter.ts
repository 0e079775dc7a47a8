import type { DeclineReason, Outcome } from '#lib/domain/review/decision.ts';
import { readerLocale } from '#lib/messages/reader-locale.ts';
import * as m from '#lib/paraglide/messages.js';

/** Words to the cardholder in their language, for the agent to edit; none where only the agent knows what to say. */
export function letterTemplate(outcome: Outcome, reason: DeclineReason | null, cardholderLocale: string): string {
	const locale = readerLocale(cardholderLocale);
	if (outcome === 'approved') return m.desk_letter_approved({}, { locale });
	if (outcome === 'counter_offered') return m.desk_letter_counter_offered({}, { locale });
	return reason === null || reason === 'other' ? '' : LETTERS[reason]({}, { locale });
}

const LETTERS: Readonly<Record<Exclude<DeclineReason, 'other'>, typeof m.desk_letter_approved>> = {
	evidence_not_readable: m.desk_letter_evidence_not_readable,
	evidence_does_not_show_it: m.desk_letter_evidence_does_not_show_it,
	evidence_missing: m.desk_letter_evidence_missing,
	plan_not_affordable: m.desk_letter_plan_not_affordable,
	able_to_pay: m.desk_letter_able_to_pay,
	not_eligible: m.desk_letter_not_eligible,
	earlier_agreement_broken: m.desk_letter_earlier_agreement_broken,
	debt_in_dispute: m.desk_letter_debt_in_dispute,
};
