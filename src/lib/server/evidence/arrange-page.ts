import { pageDeeds } from '#lib/domain/application/evidence-item.ts';
import {
	type Application,
	changeDraft,
	type DraftRefusal,
	lockDraft,
	type Owner,
} from '#lib/server/application/draft.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { listChecks } from '#lib/server/evidence/check.repository.ts';
import { type EvidenceRow, selectEvidence } from '#lib/server/evidence/evidence.repository.ts';

/** A page of the owner's draft that is to be turned or moved. */
export interface Arranging {
	readonly owner: Owner;
	readonly evidenceId: string;
	readonly at: Date;
}

/** Why a page was not arranged; `not_found` too where it cannot be turned or moved as it is. */
export type ArrangeRefusal = DraftRefusal | 'not_found';

/** What was done to a page, for the audit log. */
interface Arranged {
	readonly action: 'evidence.turned' | 'evidence.moved';
	readonly detail: Readonly<Record<string, string | number>>;
}

/**
 * Locks the owner's draft, lets `arrange` write into it, and notes what it did; where it did nothing, nothing is noted. A page of
 * somebody else, or one that is sent, is not found.
 */
export async function arrangePage(
	db: Db,
	{ owner, evidenceId, at }: Arranging,
	deed: 'turn' | 'move',
	arrange: (trx: Trx, page: EvidenceRow, all: readonly EvidenceRow[]) => Promise<Arranged | undefined>,
): Promise<{ ok: true } | { ok: false; refusal: ArrangeRefusal }> {
	return db.transaction().execute(async (trx) => {
		const locked = await lockDraft(trx, owner);
		if (!locked.ok) return locked;
		const all = await selectEvidence(trx, locked.draft.id);
		const page = all.find(({ id }) => id === evidenceId);
		if (!page || !(await may(trx, locked.draft, page, deed))) return { ok: false, refusal: 'not_found' };
		const arranged = await arrange(trx, page, all);
		if (!arranged) return { ok: true };
		await changeDraft(trx, locked.draft, at, {});
		await appendAudit(trx, {
			actor: { kind: 'cardholder', id: owner.cardholderId },
			action: arranged.action,
			subjectKind: 'evidence',
			subjectId: page.id,
			cardholderId: owner.cardholderId,
			detail: { kind: page.kind, ...arranged.detail },
		});
		return { ok: true };
	});
}

async function may(trx: Trx, { status }: Application, page: EvidenceRow, deed: 'turn' | 'move'): Promise<boolean> {
	const check = (await listChecks(trx, [page.id])).get(page.id) ?? null;
	return pageDeeds(status, { state: page.state, check }).includes(deed);
}
