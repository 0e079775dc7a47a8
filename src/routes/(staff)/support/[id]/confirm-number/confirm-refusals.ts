import * as m from '#lib/paraglide/messages.js';
import type { ConfirmOutcome } from '#lib/server/contact-number/confirm-number-change.ts';

type Refusal = Extract<ConfirmOutcome, { readonly ok: false }>['refusal'];

/** Why a change was not confirmed, and what to do. */
export const CONFIRM_REFUSALS: Readonly<Record<Refusal, () => string>> = {
	not_open: m.support_number_none,
	same_person: m.support_number_yours,
	own_number: m.support_number_error_own,
	wrong_digits: m.support_number_wrong_digits,
	refused_now: m.support_number_refused_now,
	number_moved: m.support_number_moved,
};
