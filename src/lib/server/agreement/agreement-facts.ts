import { accruedSince, agreedInstalments } from '#lib/domain/agreement/accrued.ts';
import type { AgreementFacts } from '#lib/domain/agreement/agreement-facts.ts';
import { readAgreementTerms } from '#lib/domain/agreement/agreement-terms.ts';
import { type Day, dayIn } from '#lib/domain/day.ts';
import { findOwnAccountState } from '#lib/server/account/account-state.ts';
import type { Agreement, Owner } from '#lib/server/agreement/agreement.repository.ts';
import { findAgreementTermsSetting, selectNamedInAgreement } from '#lib/server/agreement/document.repository.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { findQuote } from '#lib/server/plan/read-quote.ts';

/** The facts, or that the account is being checked: then no figure of it can be agreed on. */
export type GatheredFacts =
	{ readonly ok: true; readonly facts: AgreementFacts } | { readonly ok: false; readonly refusal: 'being_checked' };

/**
 * Everything that an offered agreement states if it is signed today: the approved figures, whatever was posted since, and what
 * accrued until today where the product lets it join the first instalment (domain.md, "The order").
 */
export async function gatherFacts(
	db: DbOrTrx,
	{ agreement, owner, today }: { agreement: Agreement; owner: Owner; today: Day },
): Promise<GatheredFacts> {
	const account = await findOwnAccountState(db, owner);
	const quote = await findQuote(db, agreement);
	const named = await selectNamedInAgreement(db, { applicationId: agreement.applicationId, owner });
	const terms = readAgreementTerms(await findAgreementTermsSetting(db));
	if (!account || !quote || !named) throw new Error('an agreement without its account, quote or application');
	if (!terms) throw new Error('the setting agreement_terms makes no sense');
	if (account.beingChecked) return { ok: false, refusal: 'being_checked' };
	const { plan } = quote;
	const { asOf, totalOutstanding: quotedTotal } = plan;
	const accrued =
		plan.accrual === 'waived' ? null : { until: today, amount: accruedSince(account, { asOf, quotedTotal, today }) };
	const { bankName, bankPhone, bankTimeZone: timeZone } = env();
	return {
		ok: true,
		facts: {
			reference: agreement.reference,
			...named,
			quoteNumber: quote.number,
			termsHash: quote.termsHash,
			bankName,
			bankPhone,
			productNames: quote.names,
			offeredOn: dayIn(agreement.offeredAt, timeZone),
			signBy: agreement.signBy,
			timeZone,
			bindingLocale: terms.bindingLocale,
			currency: plan.currency,
			asOf,
			owed: plan.owed,
			waived: plan.waived,
			principal: plan.principal,
			method: plan.method,
			instalments: plan.instalments,
			deferralMonths: plan.deferralMonths,
			deferralInterest: plan.deferralInterest,
			periodicRate: plan.periodicRate,
			annualRateSimple: plan.annualRateSimple,
			annualRateEffective: plan.annualRateEffective,
			totalInterest: plan.totalInterest,
			totalPayable: plan.totalPayable + (accrued?.amount ?? 0),
			accrued,
			rows: agreedInstalments(plan.rows, accrued?.amount ?? 0),
			cureDays: plan.cureDays,
		},
	};
}
