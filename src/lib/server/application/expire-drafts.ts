import { keptUntil } from '#lib/domain/application/draft-keeping.ts';
import { lockApplicationRow, updateDraft } from '#lib/server/application/application.repository.ts';
import { listDraftsUnchangedSince } from '#lib/server/application/kept-draft.repository.ts';
import { readDraftRules } from '#lib/server/application/draft-rules.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';

const MOST_AT_ONCE = 200;

/**
 * Ends the drafts that nobody changed for as long as drafts are kept, each in a transaction of its own. What was typed into
 * them was never sent to anybody and is emptied. One that is changed at this very moment stays.
 */
export async function expireDrafts(db: Db): Promise<void> {
	const { keptDays } = await readDraftRules(db);
	const unchangedSince = keptUntil(now(), -keptDays);
	for (const applicationId of await listDraftsUnchangedSince(db, unchangedSince, MOST_AT_ONCE)) {
		await db.transaction().execute(async (trx) => {
			const draft = await lockApplicationRow(trx, applicationId);
			const at = now();
			if (draft?.status !== 'draft' || keptUntil(draft.updatedAt, keptDays) > at) return;
			const actor = { kind: 'system', id: null } as const;
			await updateDraft(trx, applicationId, at, { reason: null, circumstances: '', budget: {} });
			const moved = await moveApplication(trx, { applicationId, to: 'withdrawn', at, actor });
			if (!moved.ok) throw new Error(`a locked draft did not end: ${moved.refusal}`);
			await appendAudit(trx, {
				actor,
				action: 'application.draft_expired',
				subjectKind: 'application',
				subjectId: applicationId,
				cardholderId: draft.cardholderId,
				detail: { keptDays },
			});
		});
	}
}
