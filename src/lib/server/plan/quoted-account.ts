import { ledger } from '#lib/domain/account/ledger.ts';
import type { Day } from '#lib/domain/day.ts';
import { ordinaryFirstDueDate } from '#lib/domain/plan/first-due-date.ts';
import type { QuotedAccount } from '#lib/domain/plan/quoted-account.ts';
import type { SoundAccount } from '#lib/server/account/account-state.ts';

export { quoteFor, type QuotedAccount } from '#lib/domain/plan/quoted-account.ts';

/** The figures of an account for the quotes of a day; late payment fees are known apart, for only they are waived. */
export function quotedAccount({ history, timeline, currency }: SoundAccount, asOf: Day): QuotedAccount {
	const { figures, billedFees } = ledger(history, timeline, asOf);
	const billedLateFees = billedFees.filter(({ kind }) => kind === 'late_fee').reduce((sum, { left }) => sum + left, 0);
	const latest = history.statements
		.filter(({ statementDate }) => statementDate <= asOf)
		.reduce<Day | undefined>((found, { dueDate }) => (found && found > dueDate ? found : dueDate), undefined);
	return {
		figures: { ...figures, billedLateFees },
		currency: currency.code,
		asOf,
		firstDueDate: ordinaryFirstDueDate(asOf, latest),
	};
}
