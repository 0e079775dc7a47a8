import { createHmac } from 'node:crypto';
import { drawCharacters, type ScreenCharacter, type ScreenStep } from '#lib/domain/access/screen.ts';
import { findBrowserChallenge } from '#lib/server/access/find-browser-challenge.ts';
import { deleteOldScreens, saveScreen, type Screen } from '#lib/server/support/screen-code.repository.ts';
import { readSupportRules } from '#lib/server/support/support-rules.ts';
import { now } from '#lib/server/clock.ts';
import { deriveKey } from '#lib/server/crypto/derive-key.ts';
import { randomSeed } from '#lib/server/crypto/random-token.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';

/** The four characters of a screen, and until when they name it. */
export interface ScreenCode {
	readonly characters: readonly ScreenCharacter[];
	readonly until: Date;
}

/** So long must characters be good yet to stay the same when the page is opened again. */
const KEPT_MS = 5 * 60_000;

/**
 * The characters that a caller reads to support from their own screen. Undefined on a browser in which nobody has signed in
 * and no code was asked for; where one was asked for with numbers that fit nobody, there are characters all the same, and they
 * fit nobody.
 */
export async function showScreenCode(
	db: Db,
	{
		session,
		browser,
		step,
	}: {
		session: { readonly id: string; readonly sessionId: string } | null;
		browser: string | undefined;
		step: ScreenStep;
	},
): Promise<ScreenCode | undefined> {
	return db.transaction().execute(async (trx) => {
		const screen = await screenOf(trx, session, browser);
		if (!screen) return undefined;
		const at = now();
		const { screenMinutes } = await readSupportRules(trx);
		await deleteOldScreens(trx, at);
		const expiresAt = new Date(at.getTime() + screenMinutes * 60_000);
		const keptIfAfter = new Date(at.getTime() + KEPT_MS);
		const saved = await saveScreen(trx, screen, { seed: randomSeed(), step, at, expiresAt, keptIfAfter });
		return { characters: charactersOf(saved.seed), until: saved.expiresAt };
	});
}

async function screenOf(
	trx: Trx,
	session: { readonly id: string; readonly sessionId: string } | null,
	browser: string | undefined,
): Promise<Screen | undefined> {
	if (session) return { sessionId: session.sessionId, challengeId: null, cardholderId: session.id };
	const challenge = browser === undefined ? undefined : await findBrowserChallenge(trx, browser);
	return challenge && { sessionId: null, ...challenge };
}

/** The characters of a screen's seed: they stand in no row, and nobody makes them without the secret key. */
export function charactersOf(seed: Uint8Array): ScreenCharacter[] {
	return drawCharacters(createHmac('sha256', deriveKey('screen-code')).update(seed).digest());
}
