import type { KeptPlan, Payment } from '#lib/domain/agreement/kept-plan.ts';
import { dayIn } from '#lib/domain/day.ts';
import { parseRate } from '#lib/domain/rate.ts';
import { selectInstalments, selectPayments, type SignedRow } from '#lib/server/agreement/keeping.repository.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { findQuote, type ReadQuote } from '#lib/server/plan/read-quote.ts';

/** A signed plan with what was paid since, as the domain judges it. */
export interface SignedPlan {
	readonly quote: ReadQuote;
	readonly plan: KeptPlan;
	readonly payments: readonly Payment[];
}

/** Puts a signed agreement together: its terms from the quote, its instalments as signed, payments from the day of signing on. */
export async function getSignedPlan(db: DbOrTrx, agreement: SignedRow): Promise<SignedPlan> {
	const quote = await findQuote(db, agreement);
	const instalments = await selectInstalments(db, agreement.id);
	const periodicRate = quote && parseRate(quote.plan.periodicRate);
	if (!quote || !periodicRate || instalments.length === 0) throw new Error('a signed agreement without its plan');
	const { principal, firstDueDate, deferralMonths, deferralInterest, waived, cureDays } = quote.plan;
	const signedOn = dayIn(agreement.signedAt, env().bankTimeZone);
	const payments = await selectPayments(db, agreement.accountId, signedOn);
	const plan: KeptPlan = {
		signedOn,
		principal,
		periodicRate,
		firstDueDate,
		deferralMonths,
		deferralInterest,
		instalments,
		waived,
		cureDays,
	};
	return { quote, plan, payments };
}
