import { sql } from 'kysely';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** A link of a person, without anything it could be made from. */
export interface LinkTrail {
	readonly id: string;
	readonly cardLast4: string;
	readonly createdBy: string;
	readonly staffName: string | null;
	readonly createdAt: Date;
	readonly expiresAt: Date;
	readonly revokedAt: Date | null;
	readonly openedCount: number;
	readonly firstOpenedAt: Date | null;
	readonly robotCount: number;
	readonly firstRobotAt: Date | null;
	readonly firstTappedAt: Date | null;
	readonly usedAt: Date | null;
}

/** The links of a person, the newest first. */
export async function selectLinkTrail(db: DbOrTrx, cardholderId: string, most: number): Promise<LinkTrail[]> {
	return db
		.selectFrom('access_link as l')
		.innerJoin('account as a', 'a.id', 'l.account_id')
		.select((eb) => [
			'l.id',
			'a.card_last4 as cardLast4',
			'l.created_by as createdBy',
			eb
				.selectFrom('staff as s')
				.select('s.name')
				.where(sql<boolean>`l.created_by = 'staff:' || s.id`)
				.as('staffName'),
			'l.created_at as createdAt',
			'l.expires_at as expiresAt',
			'l.revoked_at as revokedAt',
			'l.opened_count as openedCount',
			'l.first_opened_at as firstOpenedAt',
			'l.robot_opened_count as robotCount',
			'l.first_robot_opened_at as firstRobotAt',
			'l.first_tapped_at as firstTappedAt',
			'l.used_at as usedAt',
		])
		.where('l.cardholder_id', '=', cardholderId)
		.orderBy('l.created_at', 'desc')
		.limit(most)
		.execute();
}
