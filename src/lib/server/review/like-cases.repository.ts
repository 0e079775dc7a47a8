import { type SqlBool, sql } from 'kysely';
import type { Band, LikeBands, LikeCount } from '#lib/domain/review/like-cases.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** How the cases within the bands were decided since an instant, this application's own decisions left out. */
export async function countLikeDecisions(
	db: DbOrTrx,
	{ bands, since, applicationId }: { bands: LikeBands; since: Date; applicationId: string },
): Promise<LikeCount[]> {
	const within = (column: 'owed_total' | 'days_past_due', { from, below }: Band) =>
		below === null
			? sql<SqlBool>`${sql.ref(column)} >= ${from}`
			: sql<SqlBool>`${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${below}`;
	return db
		.selectFrom('decision')
		.select((eb) => ['outcome', eb.fn.countAll<number>().as('count')])
		.select(sql<string | null>`reason_code`.as('declineReason'))
		.where('reason', '=', bands.reason)
		.where('currency', '=', bands.currency)
		.where(within('days_past_due', bands.days))
		.where(within('owed_total', bands.amount))
		.where('decided_at', '>=', since)
		.where('application_id', '<>', applicationId)
		.groupBy(['outcome', 'reason_code'])
		.execute();
}
