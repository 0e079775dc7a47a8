import { waitText } from '#lib/messages/wait-text.ts';
import * as m from '#lib/paraglide/messages.js';
import type { ResendCodeOutcome } from '#lib/server/access/resend-code.ts';
import type { SignInOutcome } from '#lib/server/access/sign-in.ts';

type Refused = Exclude<SignInOutcome | ResendCodeOutcome, { readonly ok: true }>;

/** Every refusal in the reader's words, with what to do next; `minutes` is how long a code is good. */
export function refusalText(outcome: Refused, { at, minutes }: { at: Date; minutes: number }): string {
	switch (outcome.refusal) {
		case 'wrong':
			return m.code_wrong({ count: outcome.triesLeft });
		case 'too_soon':
			return m.code_too_soon({ wait: waitText(outcome.until, at) });
		case 'too_many':
			return m.code_too_many({ wait: waitText(outcome.until, at) });
		case 'no_more_tries':
			return m.code_no_more_tries({ minutes });
		case 'no_more_sends':
			return m.code_no_more_sends({ minutes });
		case 'busy':
			return m.code_busy();
		case 'over':
			return m.code_over();
	}
}
