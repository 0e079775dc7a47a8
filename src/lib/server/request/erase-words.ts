import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { eraseRequestWords } from '#lib/server/request/request.repository.ts';

/**
 * Erases what was asked and answered in free words on a locked application that is over; what stays is that something was asked,
 * of which kind, by whom and when. Again is harmless. Returns of how many requests.
 */
export async function eraseWordsAsked(
	trx: Trx,
	{ applicationId, cardholderId, at, actor }: { applicationId: string; cardholderId: string; at: Date; actor: Actor },
): Promise<number> {
	const requests = await eraseRequestWords(trx, applicationId, at);
	for (const requestId of requests) {
		await appendAudit(trx, {
			actor,
			action: 'request.words_erased',
			subjectKind: 'application',
			subjectId: applicationId,
			cardholderId,
			detail: { requestId, reason: 'retention' },
		});
	}
	return requests.length;
}
