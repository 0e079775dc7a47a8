import type { AccessRules } from '#lib/domain/access/access-rules.ts';
import { codeExpiry, judgeResend } from '#lib/domain/access/code.ts';
import { networkOf } from '#lib/domain/access/network.ts';
import { auditRefusal } from '#lib/server/access/audit-refusal.ts';
import { isBusy } from '#lib/server/access/busy.ts';
import { insertChallenge, lockOpenChallenge } from '#lib/server/access/challenge.repository.ts';
import { maySend } from '#lib/server/access/may-send.ts';
import { lockTarget, nextAllowed } from '#lib/server/access/throttle.ts';
import { issueCode } from '#lib/server/access/issue-code.ts';
import { now } from '#lib/server/clock.ts';
import { randomSeed } from '#lib/server/crypto/random-token.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/** Who asks for a code, and for what. */
export interface Asked {
	/** What limits count by: a link, or the numbers that were typed. */
	readonly targetHash: Buffer;
	/** The secret of the browser's cookie. */
	readonly browser: string;
	readonly ip: string;
	readonly accessLinkId: string | null;
	readonly cardholderId: string | null;
	readonly accountId: string | null;
}

/** What came of it; `until` is when a code can be sent again. */
export type BeginOutcome =
	| { readonly ok: true }
	| { readonly ok: false; readonly refusal: 'too_many'; readonly until: Date }
	| { readonly ok: false; readonly refusal: 'busy' };

/**
 * Begins a challenge for one browser and sends its code. The same browser asking again soon has its code already, and gets
 * no second message. Where too many were asked for or tried, the challenge exists all the same, and no code fits it.
 *
 * What this cannot do: a code by SMS is a weak factor (a number can be taken over, a message read on a lock screen), and a
 * link and a code that come to the same phone are one factor. So the last four of the identity number are asked for too.
 */
export async function beginChallenge(trx: Trx, asked: Asked, rules: AccessRules): Promise<BeginOutcome> {
	const at = now();
	const { targetHash, cardholderId } = asked;
	if (await isBusy(trx, 'send-all', rules.sendsInAll)) {
		await auditRefusal(trx, { kind: 'busy', target: targetHash, subject: { kind: 'door', id: 'ask' }, cardholderId });
		return { ok: false, refusal: 'busy' };
	}
	const browserHash = sha256(asked.browser);
	await lockTarget(trx, targetHash);
	const open = await lockOpenChallenge(trx, { browserHash, targetHash, at });
	const again = open && judgeResend(open, at, rules.code);
	// Tapped twice, or come back: the page that asks for the code is where they are going, and says what is left.
	if (again?.ok === false && again.refusal !== 'too_many_tries') return { ok: true };
	const challenge =
		open && again?.ok
			? open
			: await insertChallenge(trx, {
					targetHash,
					browserHash,
					accessLinkId: asked.accessLinkId,
					cardholderId,
					accountId: asked.accountId,
					codeSeed: randomSeed(),
					createdAt: at,
					expiresAt: codeExpiry(at, rules.code),
				});
	const tried = await nextAllowed(trx, { what: 'try', of: targetHash, throttle: rules.triesPerTarget });
	if (tried) {
		const subject = { kind: 'sign_in_challenge', id: challenge.id } as const;
		await auditRefusal(trx, { kind: 'too_many_tries', target: targetHash, subject, cardholderId });
		return { ok: false, refusal: 'too_many', until: tried };
	}
	const sending = await maySend(trx, challenge, { network: networkOf(asked.ip), rules });
	if (!sending.ok) return { ok: false, refusal: 'too_many', until: sending.until };
	await issueCode(trx, challenge, { rules, toNobody: sending.toNobody });
	return { ok: true };
}
