import { needsSecondApprover } from '#lib/domain/plan/product.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findProduct } from '#lib/server/plan/read-products.ts';
import { findQuote } from '#lib/server/plan/read-quote.ts';

/**
 * Whether a quoted plan reaches the amount from which its product asks for a second approver. As long as two people cannot
 * sign one decision, such a plan is approved by a supervisor, after the agent has put it back with a note.
 */
export async function needsSupervisor(db: DbOrTrx, of: { quoteId: string; applicationId: string }): Promise<boolean> {
	const quote = await findQuote(db, of);
	if (!quote) return false;
	const product = await findProduct(db, quote.plan.productCode, quote.plan.productVersion);
	return product !== undefined && needsSecondApprover(product, quote.plan.principal);
}
