import type { SubmitRefusal } from '#lib/server/application/submit-application.ts';
import * as m from '#lib/paraglide/messages.js';

const WORDS: Readonly<Record<SubmitRefusal, (() => string) | undefined>> = {
	not_found: m.check_not_found,
	changed_elsewhere: m.check_changed_elsewhere,
	no_longer_open: m.check_no_longer_open,
	already_submitted: m.draft_already_submitted,
	consent_missing: m.check_consent_missing,
	sensitive_consent_missing: m.check_sensitive_missing,
	being_checked: m.debt_checked_title,
	// These the page shows in its own place, with the figures, the day or the link that mends them.
	held: undefined,
	reason_missing: undefined,
	plan_missing: undefined,
	plan_not_offered: undefined,
	not_eligible: undefined,
	quote_expired: undefined,
	figures_changed: undefined,
};

/** Why an application was not sent and what to do; undefined where the page shows that in its own place. */
export function submitRefusalWords(refusal: SubmitRefusal): string | undefined {
	return WORDS[refusal]?.();
}
