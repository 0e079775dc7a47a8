import { sql } from 'kysely';
import type { Db } from '#lib/server/db/connect.ts';

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
