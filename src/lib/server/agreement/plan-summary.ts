import { isKept } from '#lib/domain/agreement/agreement-status.ts';
import { cureUntil } from '#lib/domain/agreement/lapse.ts';
import { standing } from '#lib/domain/agreement/standing.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { type Owner, selectOwnAgreement } from '#lib/server/agreement/agreement.repository.ts';
import { getSignedPlan } from '#lib/server/agreement/standing-plan.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** The owner's newest agreement in a line: one that can be signed, a plan that is kept, or how it ended. */
export type PlanSummary =
	| { readonly kind: 'offered'; readonly signBy: Date }
	| {
			readonly kind: 'kept';
			readonly currency: string;
			readonly next: { readonly left: Minor; readonly dueOn: Day } | undefined;
			/** What is past its day, and until when it can be made good. */
			readonly missed: { readonly left: Minor; readonly until: Day } | undefined;
	  }
	| { readonly kind: 'ended'; readonly isCompleted: boolean };

/** What the owner's newest agreement comes to today; undefined where there is none. */
export async function findPlanSummary(
	db: DbOrTrx,
	{ owner, today, at }: { owner: Owner; today: Day; at: Date },
): Promise<PlanSummary | undefined> {
	const agreement = await selectOwnAgreement(db, owner);
	if (!agreement) return undefined;
	const { status, signedAt, signBy } = agreement;
	if (status === 'offered' && at < signBy) return { kind: 'offered', signBy };
	if (!signedAt || !isKept(status)) return { kind: 'ended', isCompleted: status === 'completed' };
	const { quote, plan, payments } = await getSignedPlan(db, { ...agreement, signedAt });
	const { next, missed, missedLeft } = standing(plan, payments, today);
	return {
		kind: 'kept',
		currency: quote.plan.currency,
		next: next && { left: next.left, dueOn: next.dueOn },
		missed: missed && { left: missedLeft, until: cureUntil(plan, missed.dueOn) },
	};
}
