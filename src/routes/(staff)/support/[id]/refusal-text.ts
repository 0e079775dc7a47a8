import { clockTime, nearTime } from '#lib/messages/clock-time.ts';
import * as m from '#lib/paraglide/messages.js';
import type { ResendRefusal } from '#lib/domain/access/resend.ts';
import type { CheckScreenOutcome } from '#lib/server/support/check-screen-code.ts';

/** Why no link can be sent, in the words of whoever would send it. */
export function resendRefusal(refused: ResendRefusal | { readonly refusal: 'not_found' }, timeZone: string): string {
	switch (refused.refusal) {
		case 'not_found':
			return m.support_resend_account_gone();
		case 'number_silenced':
			return m.support_resend_silenced();
		case 'too_many_resends':
			return m.support_resend_too_many();
		case 'too_soon':
			return m.support_resend_too_soon({ time: clockTime(refused.until, timeZone) });
	}
}

/** Why a caller's characters tell nothing; another person's and nobody's are the same. */
export function screenRefusal(
	refused: Exclude<CheckScreenOutcome, { readonly ok: true } | { readonly refusal: 'not_found' }>,
	timeZone: string,
): string {
	switch (refused.refusal) {
		case 'not_characters':
			return m.support_screen_not_characters();
		case 'not_theirs':
			return m.support_screen_not_theirs();
		case 'too_many':
			return m.support_screen_too_many({ time: nearTime(refused.until, timeZone) });
	}
}
