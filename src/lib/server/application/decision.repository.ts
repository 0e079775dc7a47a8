import type { Outcome } from '#lib/domain/review/decision.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** The latest decision as the cardholder may read it: without who decided, and without notes. */
export interface ReadDecision {
	readonly outcome: Outcome;
	readonly reasonCode: string | null;
	/** The agent's own words to the cardholder; may be empty. */
	readonly words: string;
	readonly decidedAt: Date;
}

export async function selectDecision(db: DbOrTrx, applicationId: string): Promise<ReadDecision | undefined> {
	return db
		.selectFrom('decision')
		.select(['outcome', 'reason_code as reasonCode', 'words', 'decided_at as decidedAt'])
		.where('application_id', '=', applicationId)
		.orderBy('decided_at', 'desc')
		.executeTakeFirst();
}
