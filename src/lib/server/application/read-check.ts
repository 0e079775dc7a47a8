import type { Day } from '#lib/domain/day.ts';
import { figuresOfQuote, type PlanFigures } from '#lib/domain/plan/plan-figures.ts';
import type { Owner } from '#lib/server/application/application.repository.ts';
import { findWholeApplication, type WholeApplication } from '#lib/server/application/read-application.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { kindsBrought } from '#lib/server/evidence/list-evidence.ts';
import { judgeQuote, type QuoteJudgement } from '#lib/server/plan/judge-quote.ts';

/** How the chosen quote stands; `fresh` is the same choice on today's figures, where there still is one. */
export interface CheckedQuote extends Omit<QuoteJudgement, 'fresh'> {
	readonly fresh: PlanFigures | undefined;
}

/** Everything that the check page shows; `judged` is undefined where no plan was chosen or the account is being checked. */
export interface Check {
	readonly application: WholeApplication;
	readonly judged: CheckedQuote | undefined;
	readonly beingChecked: boolean;
}

/** The owner's application with its quote judged as of now; undefined where there is none. */
export async function readCheck(
	db: DbOrTrx,
	{ owner, today, at }: { owner: Owner; today: Day; at: Date },
): Promise<Check | undefined> {
	const application = await findWholeApplication(db, owner);
	if (!application) return undefined;
	const { id: applicationId, quote, reason } = application;
	if (!quote) return { application, judged: undefined, beingChecked: false };
	const evidence = kindsBrought(application.evidence);
	const judged = await judgeQuote(db, { owner, applicationId, quoteId: quote.id, reason, evidence, today, at });
	if (!judged.ok) return { application, judged: undefined, beingChecked: judged.refusal === 'being_checked' };
	const { status, productOffered, ineligible, fresh } = judged;
	return {
		application,
		judged: { status, productOffered, ineligible, fresh: fresh && figuresOfQuote(fresh) },
		beingChecked: false,
	};
}
