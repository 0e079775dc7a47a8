import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

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

/** Whether any page that an application holds now is asked for again. */
export async function selectIsAskedAgain(db: DbOrTrx, applicationId: string): Promise<boolean> {
	const row = await db
		.selectFrom('evidence_check as c')
		.innerJoin('evidence as e', 'e.id', 'c.evidence_id')
		.select('c.evidence_id')
		.where('e.application_id', '=', applicationId)
		.where('e.removed_at', 'is', null)
		.where('c.verdict', '=', 'again')
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/** Writes what was found on a page, in the place of what was found before. */
export async function upsertCheck(
	trx: Trx,
	{ evidenceId, ...check }: PageCheck & { evidenceId: string; applicationId: string; staffId: string },
): Promise<void> {
	const found = {
		application_id: check.applicationId,
		staff_id: check.staffId,
		verdict: check.verdict,
		reason: check.reason,
		words: check.words,
		at: check.at,
	};
	await trx
		.insertInto('evidence_check')
		.values({ evidence_id: evidenceId, ...found })
		.onConflict((conflict) => conflict.column('evidence_id').doUpdateSet(found))
		.execute();
}

/** Forgets what was found on a page; false where nothing was. */
export async function deleteCheck(trx: Trx, evidenceId: string): Promise<boolean> {
	const { numDeletedRows } = await trx
		.deleteFrom('evidence_check')
		.where('evidence_id', '=', evidenceId)
		.executeTakeFirst();
	return numDeletedRows > 0n;
}
