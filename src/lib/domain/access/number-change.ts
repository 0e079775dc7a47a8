/** How a caller may show that they are who they say; each says something that the others do not. */
export const NUMBER_PROOFS = ['id_at_branch', 'called_back', 'card_pin', 'screen_characters'] as const;

export type NumberProof = (typeof NUMBER_PROOFS)[number];

/** What a bank may set about changing a number. */
export interface NumberChangeRules {
	/** The proofs that count here; two different ones are needed. */
	readonly proofs: readonly NumberProof[];
	/** How long a request waits for the second person. */
	readonly openHours: number;
	/** How long nothing can be sent or signed after a change, so that the old number's holder can speak up. */
	readonly holdHours: number;
	/** So many times may the second person type other digits before the request is refused. */
	readonly mismatches: number;
}

/** So many different proofs are needed; the database asks for no fewer. */
export const PROOFS_NEEDED = 2;

/** What support filled in, and what is known beside it. Numbers are E.164, undefined where they cannot be one. */
export interface NumberChangeAsked {
	readonly proofs: readonly NumberProof[];
	readonly phone: string | undefined;
	readonly again: string | undefined;
	readonly currentPhone: string;
	/** Whether the holder of the new number has said that it is not the cardholder's. */
	readonly isSilenced: boolean;
	/** Whether the asker has seen the characters of this caller's screen fit a short while ago. */
	readonly hasSeenScreen: boolean;
}

export type AskRefusal =
	'proofs_missing' | 'screen_not_seen' | 'not_a_number' | 'numbers_differ' | 'same_number' | 'silenced';

/** Everything that is wrong with a request; an empty list where it may be made. */
export function judgeNumberChange(asked: NumberChangeAsked, rules: NumberChangeRules): readonly AskRefusal[] {
	const refusals: AskRefusal[] = [];
	const proofs = new Set(asked.proofs.filter((proof) => rules.proofs.includes(proof)));
	if (proofs.size < PROOFS_NEEDED) refusals.push('proofs_missing');
	else if (proofs.has('screen_characters') && !asked.hasSeenScreen) refusals.push('screen_not_seen');
	if (asked.phone === undefined) refusals.push('not_a_number');
	else if (asked.phone !== asked.again) refusals.push('numbers_differ');
	else if (asked.phone === asked.currentPhone) refusals.push('same_number');
	else if (asked.isSilenced) refusals.push('silenced');
	return refusals;
}

/** A request as far as its confirmation goes. */
export interface NumberChangeOpen {
	readonly askedBy: string;
	readonly expiresAt: Date;
	readonly newPhone: string;
	readonly mismatches: number;
}

export type ConfirmRefusal = 'not_open' | 'same_person' | 'wrong_digits' | 'refused_now';

/**
 * Whether the second person may confirm, by the last four of the new number as the caller said them. Wrong digits once too
 * often end the request: `refused_now`.
 */
export function judgeConfirmation(
	change: NumberChangeOpen | undefined,
	{ staffId, lastFour, at }: { staffId: string; lastFour: string; at: Date },
	rules: Pick<NumberChangeRules, 'mismatches'>,
): ConfirmRefusal | undefined {
	if (!change || at >= change.expiresAt) return 'not_open';
	if (change.askedBy === staffId) return 'same_person';
	if (change.newPhone.slice(-4) === lastFour) return undefined;
	return change.mismatches + 1 >= rules.mismatches ? 'refused_now' : 'wrong_digits';
}

/** An instant so many hours after another. */
export function hoursAfter(at: Date, hours: number): Date {
	return new Date(at.getTime() + hours * 3_600_000);
}
