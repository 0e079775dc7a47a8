import * as m from '#lib/paraglide/messages.js';
import type { AskOutcome } from '#lib/server/contact-number/ask-number-change.ts';

type Refusal = Extract<AskOutcome, { readonly ok: false }>['refusals'][number];

const ERRORS: Readonly<Record<Refusal, { readonly field: string; readonly text: () => string }>> = {
	proofs_missing: { field: 'proofs', text: m.support_number_error_proofs },
	screen_not_seen: { field: 'proofs', text: m.support_number_error_screen },
	not_a_number: { field: 'phone', text: m.support_number_error_number },
	numbers_differ: { field: 'again', text: m.support_number_error_differ },
	same_number: { field: 'phone', text: m.support_number_error_same },
	silenced: { field: 'phone', text: m.support_number_error_silenced },
	open_already: { field: 'proofs', text: m.support_number_error_open },
	own_number: { field: 'proofs', text: m.support_number_error_own },
	not_found: { field: 'proofs', text: m.support_number_error_gone },
};

/** Why a change cannot be asked for, each beside its field. */
export function askErrors(refusals: readonly Refusal[]): { field: string; text: string }[] {
	return refusals.map((refusal) => ({ field: ERRORS[refusal].field, text: ERRORS[refusal].text() }));
}
