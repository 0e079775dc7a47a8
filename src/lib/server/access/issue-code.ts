import { codeExpiry } from '#lib/domain/access/code.ts';
import type { AccessRules } from '#lib/domain/access/access-rules.ts';
import { type ChallengeRow, recordSend } from '#lib/server/access/challenge.repository.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';

/**
 * Gives a challenge a new code and queues its message to the number on file. The code before it counts no more. Where the
 * challenge belongs to nobody, or its number has had its share, the same work is done, and nothing is sent.
 */
export async function issueCode(
	trx: Trx,
	challenge: ChallengeRow,
	{ rules, toNobody }: { rules: AccessRules; toNobody: boolean },
): Promise<void> {
	const at = now();
	await recordSend(trx, challenge.id, { at, expiresAt: codeExpiry(at, rules.code) });
	await queueMessage(trx, {
		cardholderId: toNobody ? null : challenge.cardholderId,
		accountId: challenge.accountId,
		template: 'sign_in_code',
		challengeId: challenge.id,
		justAskedFor: true,
	});
	await appendAudit(trx, {
		actor: { kind: 'visitor', id: null },
		action: 'sign_in.code_sent',
		subjectKind: 'sign_in_challenge',
		subjectId: challenge.id,
		cardholderId: challenge.cardholderId,
		detail: { via: challenge.accessLinkId === null ? 'numbers' : 'link', sends: challenge.sends + 1 },
	});
}
