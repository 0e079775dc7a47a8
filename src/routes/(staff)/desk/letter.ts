import type { Outcome } from '#lib/domain/review/decision.ts';
import * as m from '#lib/paraglide/messages.js';
import { isLocale } from '#lib/paraglide/runtime.js';

/** Words to the cardholder in their language, for the agent to edit; what a decline says is the bank's to write, as data. */
export function letterTemplate(outcome: Exclude<Outcome, 'declined'>, cardholderLocale: string): string {
	const locale = isLocale(cardholderLocale) ? cardholderLocale : 'zh-CN';
	return outcome === 'approved'
		? m.desk_letter_approved({}, { locale })
		: m.desk_letter_counter_offered({}, { locale });
}
