import { owedWithLateFees } from '#lib/domain/account/owed-with-late-fees.ts';
import type { Day } from '#lib/domain/day.ts';
import { ordinaryFirstDueDate } from '#lib/domain/plan/first-due-date.ts';
import type { QuotedAccount } from '#lib/domain/plan/quoted-account.ts';
import type { SoundAccount } from '#lib/server/account/account-state.ts';

export { quoteFor, type QuotedAccount } from '#lib/domain/plan/quoted-account.ts';

/** The figures of an account for the quotes of a day; late payment fees are known apart, for only they are waived. */
export function quotedAccount({ history, timeline, currency }: SoundAccount, asOf: Day): QuotedAccount {
	const latest = history.statements
		.filter(({ statementDate }) => statementDate <= asOf)
		.reduce<Day | undefined>((found, { dueDate }) => (found && found > dueDate ? found : dueDate), undefined);
	return {
		figures: owedWithLateFees(history, timeline, asOf),
		currency: currency.code,
		asOf,
		firstDueDate: ordinaryFirstDueDate(asOf, latest),
	};
}
