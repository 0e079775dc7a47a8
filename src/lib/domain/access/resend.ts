/** What is known before support sends somebody a new link. */
export interface ResendState {
	readonly resendsToday: number;
	/** When the staff last made a link for the account. */
	readonly lastResentAt: Date | null;
	/** Since when the number on file is silenced, because its holder said that it is not the cardholder's. */
	readonly silencedAt: Date | null;
}

/** What a bank may set: so many a day for an account, and so many minutes between two. */
export interface ResendRules {
	readonly resendsPerDay: number;
	readonly resendCooldownMinutes: number;
}

/** Why no link can be sent now; where only too early, `until` says from when. */
export type ResendRefusal =
	{ readonly refusal: 'number_silenced' | 'too_many_resends' } | { readonly refusal: 'too_soon'; readonly until: Date };

/** Whether support may send one more link at an instant; undefined where they may. */
export function refusesResend(
	{ resendsToday, lastResentAt, silencedAt }: ResendState,
	at: Date,
	{ resendsPerDay, resendCooldownMinutes }: ResendRules,
): ResendRefusal | undefined {
	if (silencedAt !== null) return { refusal: 'number_silenced' };
	if (resendsToday >= resendsPerDay) return { refusal: 'too_many_resends' };
	const until = new Date((lastResentAt?.getTime() ?? 0) + resendCooldownMinutes * 60_000);
	return lastResentAt !== null && at < until ? { refusal: 'too_soon', until } : undefined;
}
