import { judgeResend, refusesTry } from '#lib/domain/access/code.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { findChallengeOfBrowser } from '#lib/server/access/challenge.repository.ts';
import { findPhone } from '#lib/server/access/person.repository.ts';
import { now } from '#lib/server/clock.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** What the page that asks for the code may show. For numbers that were typed it is the same for everybody. */
export interface OpenChallenge {
	readonly isOpen: boolean;
	/** Whether a tap on "send again" would send one now, or from when it will. */
	readonly resend: { readonly now: boolean; readonly from: Date | null };
	/** The last two digits of the number on file, for whoever came by a link; else null. */
	readonly phoneEnd: string | null;
	/** For how many minutes a code is good. */
	readonly minutes: number;
}

/** The challenge that this browser has begun; undefined where it has begun none. */
export async function readChallenge(db: Db, browser: string | undefined): Promise<OpenChallenge | undefined> {
	const challenge = browser === undefined ? undefined : await findChallengeOfBrowser(db, sha256(browser));
	if (!challenge) return undefined;
	const { code } = await getAccessRules(db);
	const at = now();
	const resend = judgeResend(challenge, at, code);
	const phone = challenge.accessLinkId === null ? undefined : await findPhone(db, challenge.cardholderId);
	return {
		isOpen: refusesTry(challenge, at, code) === undefined,
		resend: { now: resend.ok, from: 'retryAt' in resend ? resend.retryAt : null },
		phoneEnd: phone?.slice(-2) ?? null,
		minutes: code.minutes,
	};
}
