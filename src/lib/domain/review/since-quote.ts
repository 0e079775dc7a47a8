import { dayChanges } from '#lib/domain/account/explanation-day.ts';
import { movementsOf } from '#lib/domain/account/explanation-month.ts';
import type { AccountHistory } from '#lib/domain/account/history.ts';
import { owed } from '#lib/domain/account/owed.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { accruedSince } from '#lib/domain/agreement/accrued.ts';
import { addDays, type Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/** How a debt moved since the day of a quote's figures, in minor units; `accrued` and `posted` sum to `change`. */
export interface SinceQuote {
	readonly asOf: Day;
	readonly today: Day;
	/** Below nought where less is owed than at the quote. */
	readonly change: Minor;
	/** Interest and fees of the days between, by the account's own ledger. */
	readonly accrued: Minor;
	/** What was bought, paid, refunded or waived since, and what came to be known late of the days before. */
	readonly posted: Minor;
	/** What of it would join the first instalment if the quoted plan were signed today, where its product lets it. */
	readonly joins: Minor;
}

/** What became of a debt since it was quoted. `quotedTotal` is the total outstanding that the quote was made on. */
export function sinceQuote(
	account: { readonly history: AccountHistory; readonly timeline: PolicyTimeline },
	quoted: { readonly asOf: Day; readonly quotedTotal: Minor; readonly today: Day },
): SinceQuote {
	const { history, timeline } = account;
	const { asOf, quotedTotal, today } = quoted;
	const change = owed(history, timeline, today).totalOutstanding - quotedTotal;
	const { interest, fees } = movementsOf(dayChanges(history, timeline, addDays(asOf, 1), today));
	const accrued = interest + fees;
	return { asOf, today, change, accrued, posted: change - accrued, joins: accruedSince(account, quoted) };
}
