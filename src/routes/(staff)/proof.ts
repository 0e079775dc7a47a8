import * as v from 'valibot';
import { clockTime } from '#lib/messages/clock-time.ts';
import * as m from '#lib/paraglide/messages.js';
import { env } from '#lib/server/env.ts';
import type { ConfirmOutcome, Proof } from '#lib/server/staff/confirm-staff.ts';

const typed = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100)), '');
const answer = v.optional(v.pipe(v.string(), v.maxLength(20_000)), '');
const schema = v.object({ confirm_code: typed, passkey: answer });

/** With what a form proves that its sender is there; undefined where nothing was given. */
export function readProof(form: FormData): Proof | undefined {
	const parsed = v.safeParse(schema, Object.fromEntries(form));
	if (!parsed.success) return undefined;
	const { confirm_code: code, passkey } = parsed.output;
	if (passkey !== '') return { by: 'passkey', answer: passkey };
	return code === '' ? undefined : { by: 'code', code };
}

/** Why a proof was not taken, with what to do now. */
export function proofRefusalText(outcome: Exclude<ConfirmOutcome, { readonly ok: true }>): string {
	switch (outcome.refusal) {
		case 'code_wrong':
			return m.confirm_code_wrong();
		case 'code_used':
			return m.confirm_code_used();
		case 'passkey_not_taken':
			return m.passkey_not_taken();
		case 'signed_out':
			return m.confirm_signed_out();
		case 'too_many_tries':
			return m.staff_sign_in_too_many({ time: clockTime(outcome.until, env().bankTimeZone) });
	}
}
