import { approvalStep, type ApprovalStep } from '#lib/domain/review/approval.ts';
import type { Outcome } from '#lib/domain/review/decision.ts';
import type { PlanFigures } from '#lib/domain/plan/plan-figures.ts';
import type { OfferPreview } from '#lib/server/review/preview-offer.ts';
import type { Case } from '#lib/server/review/read-case.ts';

/** What a decision that is about to be confirmed will come to, so that the page says so before the deed. */
export function confirmedStep(it: Case | null, outcome: Outcome, offer: OfferPreview | undefined): ApprovalStep {
	const waiting = it?.approval?.closedAs === null ? it.approval : undefined;
	const quote = it?.application.quote;
	if (outcome === 'approved' && it && quote) {
		const decides = { proposes: outcome, quoteId: quote.id, plan: pickOf(quote.plan), staffId: NOT_THE_FIRST };
		return approvalStep({ needsSecond: it.needsSecond, proposal: waiting, decides });
	}
	if (outcome === 'counter_offered' && offer) {
		const decides = { proposes: outcome, quoteId: null, plan: pickOf(offer.plan), staffId: NOT_THE_FIRST };
		return approvalStep({ needsSecond: offer.needsSecond, proposal: waiting, decides });
	}
	return 'decided';
}

/** Whoever decided first does not come as far as confirming. */
const NOT_THE_FIRST = '';

function pickOf({ productCode, productVersion, instalments, deferralMonths, firstDueDate }: PlanFigures) {
	return { productCode, productVersion, instalments, deferralMonths, firstDueDate };
}
