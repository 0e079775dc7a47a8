import { judgeResend } from '#lib/domain/access/code.ts';
import { networkOf } from '#lib/domain/access/network.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { auditRefusal } from '#lib/server/access/audit-refusal.ts';
import { isBusy } from '#lib/server/access/busy.ts';
import { lockChallengeOfBrowser } from '#lib/server/access/challenge.repository.ts';
import { issueCode } from '#lib/server/access/issue-code.ts';
import { maySend } from '#lib/server/access/may-send.ts';
import { hashForLimits } from '#lib/server/access/throttle.ts';
import { now } from '#lib/server/clock.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** What came of asking for the code again. */
export type ResendCodeOutcome =
	| { readonly ok: true }
	| { readonly ok: false; readonly refusal: 'over' | 'no_more_tries' | 'no_more_sends' | 'busy' }
	| { readonly ok: false; readonly refusal: 'too_soon'; readonly until: Date };

/** Sends another code in the challenge that this browser has begun. It gives no tries back, and the earlier code dies. */
export async function resendCode(db: Db, { browser, ip }: { browser: string; ip: string }): Promise<ResendCodeOutcome> {
	return db.transaction().execute(async (trx) => {
		const challenge = await lockChallengeOfBrowser(trx, sha256(browser));
		if (!challenge) {
			const subject = { kind: 'door', id: 'resend' } as const;
			const target = hashForLimits(networkOf(ip));
			await auditRefusal(trx, { kind: 'code_over', target, subject, cardholderId: null });
			return { ok: false, refusal: 'over' };
		}
		const { id, targetHash: target, cardholderId } = challenge;
		const refused = { target, subject: { kind: 'sign_in_challenge', id } as const, cardholderId };
		const rules = await getAccessRules(trx);
		if (await isBusy(trx, 'send-all', rules.sendsInAll)) {
			await auditRefusal(trx, { ...refused, kind: 'busy' });
			return { ok: false, refusal: 'busy' };
		}
		const judged = judgeResend(challenge, now(), rules.code);
		if (!judged.ok) {
			await auditRefusal(trx, { ...refused, kind: judged.refusal === 'code_closed' ? 'code_over' : judged.refusal });
			if (judged.refusal === 'too_soon') return { ok: false, refusal: 'too_soon', until: judged.retryAt };
			return { ok: false, refusal: REFUSALS[judged.refusal] };
		}
		const sending = await maySend(trx, challenge, { network: networkOf(ip), rules });
		if (!sending.ok) return { ok: false, refusal: 'too_soon', until: sending.until };
		await issueCode(trx, challenge, { rules, toNobody: sending.toNobody });
		return { ok: true };
	});
}

const REFUSALS = {
	code_closed: 'over',
	too_many_tries: 'no_more_tries',
	too_many_sends: 'no_more_sends',
} as const;
