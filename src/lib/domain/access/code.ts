import { plainDigits } from '#lib/domain/access/plain-digits.ts';

/** How sign-in codes behave; data, so that a bank can set its own. */
export interface CodeRules {
	readonly digits: number;
	readonly minutes: number;
	readonly tries: number;
	readonly sends: number;
	readonly cooldownSeconds: number;
}

/** The default: six digits, ten minutes, five tries, at most three sends a minute apart. */
export const CODE_RULES: CodeRules = { digits: 6, minutes: 10, tries: 5, sends: 3, cooldownSeconds: 60 };

/**
 * One sign-in in one browser. `tries` counts every wrong code and `sends` every message, over all codes of the
 * challenge: a resend resets neither. `closedAt` is set once it was used up or succeeded.
 */
export interface Challenge {
	readonly tries: number;
	readonly sends: number;
	readonly lastSentAt: Date | null;
	readonly expiresAt: Date;
	readonly closedAt: Date | null;
}

export type TryRefusal = 'code_closed' | 'code_expired' | 'too_many_tries';

/** Whether one more code may be tried now; undefined where it may. A closed, late or exhausted one is not even compared. */
export function refusesTry(challenge: Challenge, now: Date, rules: CodeRules = CODE_RULES): TryRefusal | undefined {
	if (challenge.closedAt !== null) return 'code_closed';
	if (challenge.tries >= rules.tries) return 'too_many_tries';
	return now >= challenge.expiresAt ? 'code_expired' : undefined;
}

/** How many tries are left. */
export function triesLeft(challenge: Pick<Challenge, 'tries'>, rules: CodeRules = CODE_RULES): number {
	return Math.max(0, rules.tries - challenge.tries);
}

/** Whether another message may go out; where only too early, `retryAt` says from when. */
export type ResendOutcome =
	| { readonly ok: true }
	| { readonly ok: false; readonly refusal: 'code_closed' | 'too_many_tries' | 'too_many_sends' }
	| { readonly ok: false; readonly refusal: 'too_soon'; readonly retryAt: Date };

/** Judges a resend. An expired code may be sent anew, an exhausted one may not: a resend never gives tries back. */
export function judgeResend(challenge: Challenge, now: Date, rules: CodeRules = CODE_RULES): ResendOutcome {
	if (challenge.closedAt !== null) return { ok: false, refusal: 'code_closed' };
	if (challenge.tries >= rules.tries) return { ok: false, refusal: 'too_many_tries' };
	if (challenge.sends >= rules.sends) return { ok: false, refusal: 'too_many_sends' };
	if (challenge.lastSentAt !== null) {
		const retryAt = new Date(challenge.lastSentAt.getTime() + rules.cooldownSeconds * 1_000);
		if (now < retryAt) return { ok: false, refusal: 'too_soon', retryAt };
	}
	return { ok: true };
}

/** When a code sent at an instant expires. */
export function codeExpiry(sentAt: Date, rules: CodeRules = CODE_RULES): Date {
	return new Date(sentAt.getTime() + rules.minutes * 60_000);
}

/** A code as typed or pasted ("123 456", "１２３４５６"), or undefined where it cannot be one. */
export function readCode(text: string, rules: CodeRules = CODE_RULES): string | undefined {
	const digits = plainDigits(text);
	return digits.length === rules.digits && /^\d+$/.test(digits) ? digits : undefined;
}
