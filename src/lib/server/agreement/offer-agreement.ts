import { quoteExpiry } from '#lib/domain/plan/quote-status.ts';
import { type Agreement, insertAgreement, insertAgreementEvent } from '#lib/server/agreement/agreement.repository.ts';
import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import { today } from '#lib/server/clock.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { findQuote } from '#lib/server/plan/read-quote.ts';

/** The approved application and the quote on whose figures it was approved. */
export interface ApprovedApplication {
	readonly applicationId: string;
	readonly accountId: string;
	readonly cardholderId: string;
	readonly quoteId: string;
	readonly at: Date;
	readonly actor: Actor;
}

/**
 * Puts an agreement before the cardholder, in the transaction that approves the application: on the approved figures, to be
 * signed within the product's validity (domain.md, "The order"). Throws where the quote is not the application's.
 */
export async function offerAgreement(trx: Trx, approved: ApprovedApplication): Promise<Agreement> {
	const { applicationId, accountId, cardholderId, quoteId, at, actor } = approved;
	const quote = await findQuote(trx, { quoteId, applicationId });
	if (!quote) throw new Error('an approved application without its quote');
	const signBy = quoteExpiry(at, quote.plan.validityDays);
	const agreement = await insertAgreement(trx, {
		applicationId,
		accountId,
		cardholderId,
		quoteId,
		offeredAt: at,
		signBy,
	});
	await insertAgreementEvent(trx, { agreementId: agreement.id, kind: 'offered', occurredOn: today(), at });
	await appendAudit(trx, {
		actor,
		action: 'agreement.offered',
		subjectKind: 'agreement',
		subjectId: agreement.id,
		cardholderId,
		detail: { reference: agreement.reference, applicationId, quote: quote.number },
	});
	return agreement;
}
