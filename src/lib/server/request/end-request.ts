import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { findOpenRequest, type RequestEnd, type RequestRow, saveEnd } from '#lib/server/request/request.repository.ts';

/** Ends what waits for the cardholder of a locked application, in that transaction; undefined where nothing does. */
export async function endRequest(
	trx: Trx,
	ending: { applicationId: string; cardholderId: string; as: RequestEnd; at: Date; actor: Actor },
): Promise<RequestRow | undefined> {
	const { applicationId, cardholderId, as, at, actor } = ending;
	const request = await findOpenRequest(trx, applicationId);
	if (!request) return undefined;
	await saveEnd(trx, { requestId: request.id, as, at });
	await appendAudit(trx, {
		actor,
		action: `request.${as}`,
		subjectKind: 'application',
		subjectId: applicationId,
		cardholderId,
		detail: { requestId: request.id },
	});
	return request;
}
