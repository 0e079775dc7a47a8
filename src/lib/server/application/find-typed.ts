import type { Reason } from '#lib/domain/application/reason.ts';
import { type Owner, selectApplications, type TypedBudget } from '#lib/server/application/application.repository.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** What somebody wrote about their situation. */
export interface TypedSituation {
	readonly reason: Reason | null;
	readonly circumstances: string;
	readonly budget: TypedBudget;
}

/**
 * What the owner typed last: in the draft, else in the application that they sent last, whatever came of it, so that nobody
 * writes the same twice. A draft that was never sent and has ended leaves nothing.
 */
export async function findTyped(db: DbOrTrx, owner: Owner): Promise<TypedSituation | undefined> {
	const all = await selectApplications(db, owner);
	const found = all.find(({ status, submittedAt }) => status === 'draft' || submittedAt !== null);
	return found && { reason: found.reason, circumstances: found.circumstances, budget: found.budget };
}
