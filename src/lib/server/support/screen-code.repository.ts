import { sql } from 'kysely';
import type { ScreenStep } from '#lib/domain/access/screen.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/** One browser: that of a session, or one in which a code was asked for. */
export type Screen =
	| { readonly sessionId: string; readonly challengeId: null; readonly cardholderId: string }
	| { readonly sessionId: null; readonly challengeId: string; readonly cardholderId: string | null };

/** A screen with what its characters are made from. */
export interface ScreenRow {
	readonly seed: Buffer;
	readonly step: ScreenStep;
	readonly challengeId: string | null;
	readonly expiresAt: Date;
}

/**
 * Notes on which page a screen is. Its characters stay the same while they are good for a while yet, so that nothing changes
 * under a caller who reads them out; else they begin anew from the given seed.
 */
export async function saveScreen(
	trx: Trx,
	screen: Screen,
	{ seed, step, at, expiresAt, keptIfAfter }: Omit<ScreenRow, 'challengeId'> & { at: Date; keptIfAfter: Date },
): Promise<{ seed: Buffer; expiresAt: Date }> {
	const owner = screen.sessionId === null ? 'challenge_id' : 'session_id';
	const row = await trx
		.insertInto('screen_code')
		.values({
			seed,
			cardholder_id: screen.cardholderId,
			session_id: screen.sessionId,
			challenge_id: screen.challengeId,
			step,
			created_at: at,
			expires_at: expiresAt,
		})
		.onConflict((conflict) =>
			conflict.column(owner).doUpdateSet({
				step,
				seed: sql<Buffer>`case when screen_code.expires_at > ${keptIfAfter} then screen_code.seed else excluded.seed end`,
				created_at: at,
				expires_at: sql<Date>`case when screen_code.expires_at > ${keptIfAfter} then screen_code.expires_at
					else excluded.expires_at end`,
			}),
		)
		.returning(['seed', 'expires_at as expiresAt'])
		.executeTakeFirstOrThrow();
	return row;
}

export async function deleteOldScreens(trx: Trx, at: Date): Promise<void> {
	await trx.deleteFrom('screen_code').where('expires_at', '<=', at).execute();
}

/** The screens of a person whose characters are good at an instant. */
export async function listScreens(trx: Trx, cardholderId: string, at: Date): Promise<ScreenRow[]> {
	return trx
		.selectFrom('screen_code')
		.select(['seed', sql<ScreenStep>`step`.as('step'), 'challenge_id as challengeId', 'expires_at as expiresAt'])
		.where('cardholder_id', '=', cardholderId)
		.where('expires_at', '>', at)
		.execute();
}
