import type { Outcome } from '#lib/domain/review/decision.ts';
import { readerLocale } from '#lib/messages/reader-locale.ts';
import * as m from '#lib/paraglide/messages.js';

/** Words to the cardholder in their language, for the agent to edit; what a decline says is the bank's to write, as data. */
export function letterTemplate(outcome: Exclude<Outcome, 'declined'>, cardholderLocale: string): string {
	const locale = readerLocale(cardholderLocale);
	return outcome === 'approved'
		? m.desk_letter_approved({}, { locale })
		: m.desk_letter_counter_offered({}, { locale });
}
