import type { AccessRules } from '#lib/domain/access/access-rules.ts';
import { codeExpiry, judgeResend } from '#lib/domain/access/code.ts';
import { insertChallenge, lockOpenChallenge } from '#lib/server/access/challenge.repository.ts';
import { issueCode } from '#lib/server/access/issue-code.ts';
import { countUnlessTooMany, hashForLimits, lockTarget, nextAllowed } from '#lib/server/access/throttle.ts';
import { now } from '#lib/server/clock.ts';
import { randomSeed } from '#lib/server/crypto/random-token.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/** Who asks for a code, and for what. */
export interface Asked {
	/** What limits count by: a link, or the numbers that were typed. */
	readonly target: string;
	/** The secret of the browser's cookie. */
	readonly browser: string;
	readonly ip: string;
	readonly accessLinkId: string | null;
	readonly cardholderId: string | null;
	readonly accountId: string | null;
}

/**
 * Begins a challenge for one browser and sends its code. The same browser asking again soon has its code already, and gets
 * no second message. Returns when a code can be sent again, where too many were asked for or tried; the challenge then
 * exists all the same, and no code fits it.
 */
export async function beginChallenge(trx: Trx, asked: Asked, rules: AccessRules): Promise<Date | undefined> {
	const at = now();
	const targetHash = hashForLimits(asked.target);
	const browserHash = sha256(asked.browser);
	await lockTarget(trx, targetHash);
	const open = await lockOpenChallenge(trx, { browserHash, targetHash, at });
	const again = open && judgeResend(open, at, rules.code);
	// Tapped twice, or come back: the page that asks for the code is where they are going, and says what is left.
	if (again?.ok === false && again.refusal !== 'too_many_tries') return undefined;
	const challenge =
		open && again?.ok
			? open
			: await insertChallenge(trx, {
					targetHash,
					browserHash,
					accessLinkId: asked.accessLinkId,
					cardholderId: asked.cardholderId,
					accountId: asked.accountId,
					codeSeed: randomSeed(),
					createdAt: at,
					expiresAt: codeExpiry(at, rules.code),
				});
	const address = { what: 'ask-address', of: hashForLimits(asked.ip), throttle: rules.asksPerAddress } as const;
	const until =
		(await nextAllowed(trx, { what: 'try', of: targetHash, throttle: rules.triesPerTarget })) ??
		(await countUnlessTooMany(trx, address)) ??
		(await countUnlessTooMany(trx, { what: 'send', of: targetHash, throttle: rules.sendsPerTarget }));
	if (until) return until;
	await issueCode(trx, challenge, rules);
	return undefined;
}
