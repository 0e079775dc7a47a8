import { EVIDENCE_KINDS, sensitivityOf } from '#lib/domain/application/evidence.ts';
import {
	type Application,
	changeDraft,
	type DraftRefusal,
	lockDraft,
	type Owner,
} from '#lib/server/application/draft.ts';
import { lockOwn } from '#lib/server/application/lock-open.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { erasePages } from '#lib/server/evidence/erase-pages.ts';
import { selectEvidence } from '#lib/server/evidence/evidence.repository.ts';
import { type EvidenceStorage, evidenceStorage } from '#lib/server/evidence/storage.ts';
import { deleteUploadsOf } from '#lib/server/evidence/upload.repository.ts';

/** What came of it: how many pages went; or why there was nothing to take back. */
export type Withdrawal<Refusal> =
	{ readonly ok: true; readonly removed: number } | { readonly ok: false; readonly refusal: Refusal };

interface Moment {
	readonly at: Date;
	readonly storage?: EvidenceStorage;
}

/** The same as `withdrawConsentOf`, for the draft of the account that its owner looks at. */
export async function withdrawSensitiveConsent(
	db: Db,
	{ owner, at, storage }: Moment & { readonly owner: Owner },
): Promise<Withdrawal<DraftRefusal>> {
	return withdraw(db, { at, storage }, async (trx) => {
		const locked = await lockDraft(trx, owner);
		return locked.ok ? { ok: true, application: locked.draft } : locked;
	});
}

/**
 * Takes back the consent for medical and financial documents of one application, whatever has become of it: they are erased with
 * their bytes, also those on their way; the others stay. A review under way goes on without them, and whoever was about to decide on
 * them decides anew; a decision stays. Again is harmless. [PIPL Art. 15: withdrawing is as easy as giving]
 */
export async function withdrawConsentOf(
	db: Db,
	{ cardholderId, applicationId, at, storage }: Moment & { cardholderId: string; applicationId: string },
): Promise<Withdrawal<'not_found'>> {
	return withdraw(db, { at, storage }, async (trx) => {
		const application = await lockOwn(trx, cardholderId, applicationId);
		return application ? { ok: true, application } : { ok: false, refusal: 'not_found' };
	});
}

type Locking<Refusal> = (trx: Trx) => Promise<{ ok: true; application: Application } | { ok: false; refusal: Refusal }>;

async function withdraw<Refusal>(
	db: Db,
	{ at, storage = evidenceStorage() }: { at: Date; storage: EvidenceStorage | undefined },
	lock: Locking<Refusal>,
): Promise<Withdrawal<Refusal>> {
	const outcome = await db.transaction().execute(async (trx) => {
		const locked = await lock(trx);
		return locked.ok ? { ok: true as const, ...(await takeBack(trx, locked.application, at)) } : locked;
	});
	if (!outcome.ok) return outcome;
	for (const key of outcome.storageKeys) await storage.remove(key);
	return { ok: true, removed: outcome.erased };
}

const SENSITIVE_KINDS = EVIDENCE_KINDS.filter((kind) => sensitivityOf(kind) !== undefined);

async function takeBack(
	trx: Trx,
	application: Application,
	at: Date,
): Promise<{ erased: number; storageKeys: string[] }> {
	const { id: applicationId, cardholderId, status, sensitiveConsentAt } = application;
	const pages = (await selectEvidence(trx, applicationId)).filter(({ kind }) => SENSITIVE_KINDS.includes(kind));
	if (sensitiveConsentAt === null && pages.length === 0) return { erased: 0, storageKeys: [] };
	const actor = { kind: 'cardholder', id: cardholderId } as const;
	const { erased, storageKeys } = await erasePages(trx, {
		applicationId,
		cardholderId,
		evidenceIds: pages.map(({ id }) => id),
		removal: 'consent_withdrawn',
		at,
		actor,
	});
	const onTheWay = await deleteUploadsOf(trx, applicationId, SENSITIVE_KINDS);
	await changeDraft(trx, application, at, { sensitiveConsentAt: null });
	await appendAudit(trx, {
		actor,
		action: 'application.sensitive_consent_withdrawn',
		subjectKind: 'application',
		subjectId: applicationId,
		cardholderId,
		detail: { removed: erased, status },
	});
	return { erased, storageKeys: [...storageKeys, ...onTheWay] };
}
