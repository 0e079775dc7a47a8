import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** What an agent found on a page: it will do, or it is asked for again, why (a code), and in words to the cardholder. */
export interface PageCheck {
	readonly verdict: 'accepted' | 'again';
	readonly reason: string | null;
	readonly words: string;
	readonly at: Date;
}

const COLUMNS = ['evidence_id as evidenceId', 'verdict', 'reason', 'words', 'at'] as const;

/** What was found on the pages of an application, by page. */
export async function listChecks(db: DbOrTrx, evidenceIds: readonly string[]): Promise<Map<string, PageCheck>> {
	if (evidenceIds.length === 0) return new Map();
	const rows = await db
		.selectFrom('evidence_check')
		.select(COLUMNS)
		.where('evidence_id', 'in', [...evidenceIds])
		.execute();
	return new Map(rows.map(({ evidenceId, ...check }) => [evidenceId, check]));
}
