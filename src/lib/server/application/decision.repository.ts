import { sql } from 'kysely';
import type { DeclineLetter } from '#lib/domain/review/decline-letter.ts';
import type { Outcome } from '#lib/domain/review/decision.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** The latest decision as the cardholder may read it: without who decided, and without notes. */
export interface ReadDecision {
	readonly outcome: Outcome;
	readonly reasonCode: string | null;
	/** All that was written to the cardholder; may be empty. */
	readonly words: string;
	/**
	 * What a decline sent, as it was sent, with the agent's `own` words in it, null once they are erased; null for other outcomes, and
	 * for declines before letters were kept.
	 */
	readonly letter: (DeclineLetter & { readonly own: string | null }) | null;
	readonly decidedAt: Date;
}

export async function selectDecision(db: DbOrTrx, applicationId: string): Promise<ReadDecision | undefined> {
	return db
		.selectFrom('decision')
		.select(['outcome', 'reason_code as reasonCode', 'words', 'decided_at as decidedAt'])
		.select(sql<ReadDecision['letter']>`inputs -> 'letter'`.as('letter'))
		.where('application_id', '=', applicationId)
		.orderBy('decided_at', 'desc')
		.executeTakeFirst();
}
