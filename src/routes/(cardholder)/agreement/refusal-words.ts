import type { AgreementConsent } from '#lib/domain/agreement/consents.ts';
import type { PaperChange } from '#lib/domain/agreement/paper-changes.ts';
import { waitText } from '#lib/messages/wait-text.ts';
import * as m from '#lib/paraglide/messages.js';
import type { SendSigningCodeOutcome } from '#lib/server/agreement/send-signing-code.ts';
import type { SignOutcome } from '#lib/server/agreement/sign-agreement.ts';

type Refused = Exclude<SignOutcome | SendSigningCodeOutcome, { readonly ok: true }>;

/** What the page says after a refusal: beside a field, above the page, or as what changed. */
export interface SignRefusalWords {
	readonly errors: readonly { readonly field: string; readonly text: string }[];
	readonly notice?: string;
	readonly changes?: readonly PaperChange[];
}

const CONSENTS: Readonly<Record<AgreementConsent, () => string>> = {
	terms: m.agreement_consent_terms_missing,
	no_new_card: m.agreement_consent_no_new_card_missing,
	data_use: m.agreement_consent_data_use_missing,
};

/** What is still to be ticked, each beside its box. */
export function consentErrors(missing: readonly AgreementConsent[]): { field: string; text: string }[] {
	return missing.map((consent) => ({ field: `consent_${consent}`, text: CONSENTS[consent]() }));
}

/** Why nothing was signed or sent, and what to do about it. */
export function signRefusalWords(refused: Refused, at: Date): SignRefusalWords {
	switch (refused.refusal) {
		case 'not_found':
			return { errors: [], notice: m.agreement_gone() };
		case 'not_offered':
			return { errors: [], notice: m.agreement_not_offered() };
		case 'too_late':
			return { errors: [], notice: m.agreement_too_late_now() };
		case 'being_checked':
			return { errors: [], notice: m.agreement_being_checked_now() };
		case 'held':
			// The page shows from when on, in its own place.
			return { errors: [] };
		case 'document_changed':
			return { errors: [], changes: refused.changes };
		case 'consent_missing':
			return { errors: consentErrors(refused.missing) };
		case 'wrong':
			return { errors: [{ field: 'code', text: m.agreement_code_wrong({ count: refused.triesLeft }) }] };
		case 'over':
			return { errors: [], notice: m.code_over() };
		case 'no_more_tries':
			return { errors: [], notice: m.agreement_code_no_more_tries() };
		case 'too_many':
			return { errors: [], notice: m.code_too_many({ wait: waitText(refused.until, at) }) };
	}
}
