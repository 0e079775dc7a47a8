import type { DecisionProblem, DecisionRefusal } from '#lib/domain/review/decision.ts';
import type { changeSince } from '#lib/domain/review/seen.ts';
import type { OfferRefusal } from '#lib/server/offer/work-out-offer.ts';

/** Why a decision as filled in, and confirmed, cannot be made. */
export type OrderRefusal =
	| DecisionProblem
	| Exclude<OfferRefusal, 'being_checked'>
	| 'unchecked'
	/** The list of checks is not the one that the page showed. */
	| 'checks_changed'
	/** What was ticked stands on no list. */
	| 'unknown_check'
	/** The letter is not as it was shown for confirming. */
	| 'letter_changed'
	/** The note for staff. */
	| 'note_long'
	/** The plan does not meet a rule of its product, and the note does not say why it is granted all the same. */
	| 'exception_reason_needed'
	/** Nothing was chosen that could be approved. */
	| 'plan_missing'
	/** A counter-offer without a plan. */
	| 'offer_missing'
	/** The offer is not as it was shown for confirming. */
	| 'offer_changed'
	| 'account_being_checked';

/** Why an application was not decided. */
export type DecideRefusal =
	| DecisionRefusal
	| NonNullable<ReturnType<typeof changeSince>>
	| OrderRefusal
	| 'not_found'
	/** Who decides has not proved to be there within the bank's minutes. */
	| 'not_confirmed'
	/** What the first of two proposed is not what stands any more; the proposal was ended. */
	| 'proposal_changed';
