import type { LapseBalance } from '#lib/domain/agreement/lapse.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { Waived } from '#lib/domain/plan/waiver.ts';

/** What both letters of an ended plan name. */
export interface LetterFacts {
	readonly reference: string;
	readonly bankName: string;
	readonly bankPhone: string | null;
	readonly cardholderName: string;
	readonly cardLast4: string;
	readonly currency: string;
	readonly signedOn: Day;
	readonly principal: Minor;
	readonly paid: Minor;
	readonly waived: Waived;
}

/** What the letter says of a plan that was completed; `spared` is interest that settling early made needless. */
export interface CompletionFacts extends LetterFacts {
	readonly on: Day;
	readonly isEarly: boolean;
	readonly spared: Minor;
}

/** What the notice says of a plan that has lapsed: which instalment, when it was due, and the balance of that day. */
export interface LapseFacts extends LetterFacts {
	readonly instalment: number;
	readonly dueOn: Day;
	readonly cureDays: number;
	readonly balance: LapseBalance;
}
