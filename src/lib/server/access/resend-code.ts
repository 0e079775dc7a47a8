import { judgeResend } from '#lib/domain/access/code.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { lockChallengeOfBrowser } from '#lib/server/access/challenge.repository.ts';
import { issueCode } from '#lib/server/access/issue-code.ts';
import { countUnlessTooMany, hashForLimits } from '#lib/server/access/throttle.ts';
import { now } from '#lib/server/clock.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** What came of asking for the code again. */
export type ResendCodeOutcome =
	| { readonly ok: true }
	| { readonly ok: false; readonly refusal: 'over' | 'no_more_tries' | 'no_more_sends' }
	| { readonly ok: false; readonly refusal: 'too_soon'; readonly until: Date };

/** Sends another code in the challenge that this browser has begun. It gives no tries back, and the earlier code dies. */
export async function resendCode(db: Db, { browser, ip }: { browser: string; ip: string }): Promise<ResendCodeOutcome> {
	return db.transaction().execute(async (trx) => {
		const challenge = await lockChallengeOfBrowser(trx, sha256(browser));
		if (!challenge) return { ok: false, refusal: 'over' };
		const rules = await getAccessRules(trx);
		const judged = judgeResend(challenge, now(), rules.code);
		if (!judged.ok) {
			if (judged.refusal === 'too_soon') return { ok: false, refusal: 'too_soon', until: judged.retryAt };
			return { ok: false, refusal: REFUSALS[judged.refusal] };
		}
		const address = { what: 'ask-address', of: hashForLimits(ip), throttle: rules.asksPerAddress } as const;
		const until =
			(await countUnlessTooMany(trx, address)) ??
			(await countUnlessTooMany(trx, { what: 'send', of: challenge.targetHash, throttle: rules.sendsPerTarget }));
		if (until) return { ok: false, refusal: 'too_soon', until };
		await issueCode(trx, challenge, rules);
		return { ok: true };
	});
}

const REFUSALS = {
	code_closed: 'over',
	too_many_tries: 'no_more_tries',
	too_many_sends: 'no_more_sends',
} as const;
