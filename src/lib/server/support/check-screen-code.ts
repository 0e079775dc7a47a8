import { readCharacters, type ScreenStep } from '#lib/domain/access/screen.ts';
import { findChallengeState } from '#lib/server/access/find-browser-challenge.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { existsCaller, insertDeed, listDeedsSince, lockCaller } from '#lib/server/support/deed.repository.ts';
import { listScreens, type ScreenRow } from '#lib/server/support/screen-code.repository.ts';
import { readSupportRules } from '#lib/server/support/support-rules.ts';
import { charactersOf } from '#lib/server/support/show-screen-code.ts';
import { now } from '#lib/server/clock.ts';
import { sameSecret } from '#lib/server/crypto/same-secret.ts';
import type { Db, DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** The page that a caller looks at, by its kind; on the page that asks for a code, how often one can still be typed. */
export interface SeenScreen {
	readonly step: ScreenStep;
	readonly code: { readonly takesCode: boolean; readonly triesLeft: number } | undefined;
}

/** `not_theirs` is said of another person's characters and of nobody's alike. */
export type CheckScreenOutcome =
	| { readonly ok: true; readonly screen: SeenScreen }
	| { readonly ok: false; readonly refusal: 'not_found' }
	| { readonly ok: false; readonly refusal: 'not_characters' | 'not_theirs' }
	| { readonly ok: false; readonly refusal: 'too_many'; readonly until: Date };

/**
 * Whether four characters that a caller read out stand on a screen of this person, and on which page that screen is; nothing
 * of what the page says. Too many wrong ones of one of the staff for one person, and for a while none is compared.
 */
export async function checkScreenCode(
	db: Db,
	{ cardholderId, staffId, typed }: { cardholderId: string; staffId: string; typed: string },
): Promise<CheckScreenOutcome> {
	const characters = readCharacters(typed);
	if (characters === undefined) return { ok: false, refusal: 'not_characters' };
	return db.transaction().execute(async (trx): Promise<CheckScreenOutcome> => {
		const at = now();
		await lockCaller(trx, cardholderId);
		if (!(await existsCaller(trx, cardholderId))) return { ok: false, refusal: 'not_found' };
		const until = await tooManyUntil(trx, { cardholderId, staffId, at });
		if (until) return { ok: false, refusal: 'too_many', until };
		const screens = await listScreens(trx, cardholderId, at);
		// All of them are compared, so that the time tells nothing.
		const fitting = screens.filter(({ seed }) => sameSecret(charactersOf(seed).join(''), characters));
		const seen = fitting[0] && (await toSeen(trx, fitting[0]));
		const kind = seen ? 'screen_matched' : 'screen_missed';
		await insertDeed(trx, { cardholderId, staffId, kind, at });
		await appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: seen ? 'caller_screen.matched' : 'caller_screen.missed',
			subjectKind: 'cardholder',
			subjectId: cardholderId,
			cardholderId,
			detail: seen ? { step: seen.step } : {},
		});
		return seen ? { ok: true, screen: seen } : { ok: false, refusal: 'not_theirs' };
	});
}

/** Whether one of the staff saw the characters of this person's screen fit, so lately that they would still be good. */
export async function hasSeenScreen(
	db: DbOrTrx,
	{ cardholderId, staffId }: { cardholderId: string; staffId: string },
): Promise<boolean> {
	const { screenMinutes } = await readSupportRules(db);
	const since = new Date(now().getTime() - screenMinutes * 60_000);
	return (await listDeedsSince(db, { cardholderId, staffId, kind: 'screen_matched', since })).length > 0;
}

async function tooManyUntil(
	trx: Trx,
	{ cardholderId, staffId, at }: { cardholderId: string; staffId: string; at: Date },
): Promise<Date | undefined> {
	const { most, minutes } = (await readSupportRules(trx)).screenMisses;
	const since = new Date(at.getTime() - minutes * 60_000);
	const misses = await listDeedsSince(trx, { cardholderId, staffId, kind: 'screen_missed', since });
	// The oldest of the last so many: once it is out of the span, there is room for one more.
	const oldest = misses.at(-most);
	return oldest && new Date(oldest.getTime() + minutes * 60_000);
}

async function toSeen(trx: Trx, { step, challengeId }: ScreenRow): Promise<SeenScreen> {
	return { step, code: challengeId === null ? undefined : await findChallengeState(trx, challengeId) };
}
