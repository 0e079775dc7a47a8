import { sql } from 'kysely';
import type { Db } from '#lib/server/db/connect.ts';

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
export async function listLinks(db: Db, cardholderId: string, most: number): Promise<LinkTrail[]> {
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

/** A message that bears on getting in, without what it said. */
export interface MessageTrail {
	readonly template: string;
	readonly status: 'queued' | 'handed_over' | 'failed' | 'dropped';
	readonly createdAt: Date;
	readonly notBefore: Date;
	readonly handedOverAt: Date | null;
	readonly accessLinkId: string | null;
	readonly challengeId: string | null;
}

/** The messages of a person that bear on getting in, the newest first. */
export async function listAccessMessages(db: Db, cardholderId: string, most: number): Promise<MessageTrail[]> {
	return db
		.selectFrom('outbox_message')
		.select(['template', 'status', 'created_at as createdAt', 'not_before as notBefore'])
		.select(['handed_over_at as handedOverAt', 'access_link_id as accessLinkId', 'challenge_id as challengeId'])
		.where('cardholder_id', '=', cardholderId)
		.where('template', 'in', ['reminder', 'link_resent', 'sign_in_code', 'number_changed'])
		.orderBy('created_at', 'desc')
		.limit(most)
		.execute();
}

/** One deed at the door; `via` is how somebody signed in, where it says so. */
export interface DoorDeed {
	readonly action: string;
	readonly subjectId: string;
	readonly via: string | null;
	readonly at: Date;
}

/** What a person, or somebody with their phone, did at the door, the newest first. */
export async function listDoorDeeds(
	db: Db,
	{ cardholderId, actions, most }: { cardholderId: string; actions: readonly string[]; most: number },
): Promise<DoorDeed[]> {
	return db
		.selectFrom('audit_log')
		.select(['action', 'subject_id as subjectId', sql<string | null>`detail ->> 'via'`.as('via'), 'at'])
		.where('cardholder_id', '=', cardholderId)
		.where('action', 'in', actions)
		.orderBy('id', 'desc')
		.limit(most)
		.execute();
}

/** The newest code that a person asked for, without the code. */
export interface ChallengeTrail {
	readonly id: string;
	readonly createdAt: Date;
	readonly expiresAt: Date;
	readonly closedAt: Date | null;
	readonly tries: number;
}

export async function findNewestChallenge(db: Db, cardholderId: string): Promise<ChallengeTrail | undefined> {
	return db
		.selectFrom('sign_in_challenge')
		.select(['id', 'created_at as createdAt', 'expires_at as expiresAt', 'closed_at as closedAt', 'tries'])
		.where('cardholder_id', '=', cardholderId)
		.orderBy('created_at', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Whether somebody is signed in as this person at an instant. */
export async function hasSession(db: Db, cardholderId: string, at: Date): Promise<boolean> {
	const row = await db
		.selectFrom('cardholder_session')
		.select('cardholder_id')
		.where('cardholder_id', '=', cardholderId)
		.where('expires_at', '>', at)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}
