import type { Trx } from '#lib/server/db/connect.ts';
import { KEPT_PLAN } from '#lib/server/db/kept-plan.ts';
import type { AuditEntry } from '#lib/server/audit/append-audit.ts';

export async function insertAudits(trx: Trx, entries: readonly AuditEntry[]): Promise<void> {
	await trx
		.insertInto('audit_log')
		.values(
			entries.map((entry) => ({
				actor_kind: entry.actor.kind,
				actor_id: entry.actor.id,
				action: entry.action,
				subject_kind: entry.subjectKind,
				subject_id: entry.subjectId,
				cardholder_id: entry.cardholderId ?? null,
				detail: JSON.stringify(entry.detail ?? {}),
			})),
		)
		.$if(entries.length <= 2, (query) => query.modifyEnd(KEPT_PLAN))
		.execute();
}
