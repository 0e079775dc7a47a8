import type { PlanFigures } from '#lib/domain/plan/plan-figures.ts';
import { needsSecondApprover } from '#lib/domain/plan/product.ts';
import type { ProposedPlan } from '#lib/domain/review/approval.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findProduct } from '#lib/server/plan/read-products.ts';

/** Whether a plan reaches the amount from which the version of the product that it is on asks for a second approver. */
export async function asksForSecond(db: DbOrTrx, plan: PlanFigures): Promise<boolean> {
	const product = await findProduct(db, plan.productCode, plan.productVersion);
	return product !== undefined && needsSecondApprover(product, plan.principal);
}

/** What two people agree on of a plan. */
export function proposedPlan(plan: PlanFigures): ProposedPlan {
	const { productCode, productVersion, instalments, deferralMonths, firstDueDate } = plan;
	return { productCode, productVersion, instalments, deferralMonths, firstDueDate };
}
