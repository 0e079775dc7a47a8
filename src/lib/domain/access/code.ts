/** The rules of sign-in codes; data of the bank. */
export interface CodeRules {
	/** How long a code is good after it was sent, and the span over which the two limits hold for whoever asks. */
	readonly codeMinutes: number;
	readonly mostSends: number;
	readonly cooldownSeconds: number;
	/** Codes compared in one challenge; sending again does not give more. */
	readonly mostTries: number;
}

/** Where a challenge stands: one browser's way from asking for a code to signing in. */
export interface ChallengeState {
	readonly sends: number;
	readonly tries: number;
	readonly lastSentAt: Date | null;
	readonly expiresAt: Date;
	readonly closedAt: Date | null;
}

/** Why no code is sent again. */
export type SendRefusal =
	| { readonly refusal: 'over' }
	| { readonly refusal: 'no_more_tries' }
	| { readonly refusal: 'no_more_sends' }
	| { readonly refusal: 'cooling_down'; readonly until: Date };

/** Why a code is not compared. */
export type TryRefusal = { readonly refusal: 'over' } | { readonly refusal: 'no_more_tries' };

/** Whether another code may be sent in this challenge now. */
export function checkSend(state: ChallengeState, rules: CodeRules, at: Date): SendRefusal | undefined {
	const refused = checkTry(state, rules, at);
	if (refused) return refused;
	if (state.sends >= rules.mostSends) return { refusal: 'no_more_sends' };
	const until = new Date((state.lastSentAt?.getTime() ?? -Infinity) + rules.cooldownSeconds * 1000);
	return until > at ? { refusal: 'cooling_down', until } : undefined;
}

/** Whether a code may be compared in this challenge now. */
export function checkTry(state: ChallengeState, rules: CodeRules, at: Date): TryRefusal | undefined {
	if (state.tries >= rules.mostTries) return { refusal: 'no_more_tries' };
	if (state.closedAt !== null || state.expiresAt <= at) return { refusal: 'over' };
	return undefined;
}

/** When a code that is sent now stops being good. */
export function codeExpiry(rules: CodeRules, at: Date): Date {
	return new Date(at.getTime() + rules.codeMinutes * 60_000);
}

/** The six digits of what was typed or pasted: spaces and dashes within, and full-width digits, are understood. */
export function readCode(text: string): string | undefined {
	const digits = text.normalize('NFKC').replaceAll(/[\s\p{Dash}]/gu, '');
	return /^\d{6}$/.test(digits) ? digits : undefined;
}

/** The last four characters of an identity card's number as typed; the check character X may be small or full-width. */
export function readIdLast4(text: string): string | undefined {
	const last4 = text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
	return /^\d{3}[\dX]$/.test(last4) ? last4 : undefined;
}
