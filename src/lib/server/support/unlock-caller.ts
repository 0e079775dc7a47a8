import { refusesUnlock, type UnlockReason } from '#lib/domain/access/unlock.ts';
import { dayIn } from '#lib/domain/day.ts';
import { findSilenceOf, liftSilence } from '#lib/server/access/silenced-people.ts';
import { unlockPerson } from '#lib/server/access/unlock-person.ts';
import { now } from '#lib/server/clock.ts';
import type { Db, DbOrTrx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { countUnlocks, existsCaller, insertDeed, lockCaller } from '#lib/server/support/deed.repository.ts';
import { readSupportRules } from '#lib/server/support/support-rules.ts';

/** How often a person's locks were lifted today, and whether their number is silenced. */
export interface UnlockState {
	readonly unlocksToday: number;
	readonly unlocksPerDay: number;
	readonly isSilenced: boolean;
}

/** The same of a person at an instant; days are the bank's. */
export async function readUnlock(db: Db, cardholderId: string, at: Date): Promise<UnlockState> {
	const { unlocksPerDay } = await readSupportRules(db);
	return {
		unlocksToday: await unlocksOn(db, cardholderId, at),
		unlocksPerDay,
		isSilenced: (await findSilenceOf(db, cardholderId)) !== undefined,
	};
}

/** What came of an unlock. */
export type UnlockOutcome =
	{ readonly ok: true } | { readonly ok: false; readonly refusal: 'not_found' | 'too_many_unlocks' };

/**
 * Lifts what keeps a person out who was locked for wrong codes, with the reason that one of support gave; a silence only where
 * the number is theirs after all. So often on one of the bank's days as its rules say, whoever of support does it.
 */
export async function unlockCaller(
	db: Db,
	{ cardholderId, staffId, reason }: { cardholderId: string; staffId: string; reason: UnlockReason },
): Promise<UnlockOutcome> {
	return db.transaction().execute(async (trx): Promise<UnlockOutcome> => {
		const at = now();
		await lockCaller(trx, cardholderId);
		if (!(await existsCaller(trx, cardholderId))) return { ok: false, refusal: 'not_found' };
		const { unlocksPerDay } = await readSupportRules(trx);
		const refusal = refusesUnlock(await unlocksOn(trx, cardholderId, at), unlocksPerDay);
		if (refusal) return { ok: false, refusal };
		const actor = { kind: 'staff', id: staffId } as const;
		await unlockPerson(trx, { cardholderId, actor });
		if (reason === 'number_is_theirs') await liftSilence(trx, { cardholderId, actor });
		await insertDeed(trx, { cardholderId, staffId, kind: 'unlocked', reason, at });
		return { ok: true };
	});
}

async function unlocksOn(db: DbOrTrx, cardholderId: string, at: Date): Promise<number> {
	const timeZone = env().bankTimeZone;
	return countUnlocks(db, { cardholderId, day: dayIn(at, timeZone), timeZone });
}
