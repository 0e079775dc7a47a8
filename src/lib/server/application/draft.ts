import {
	type Application,
	type DraftChange,
	insertDraft,
	lockOpenApplication,
	type Owner,
	selectCurrentApplication,
	updateDraft,
} from '#lib/server/application/application.repository.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

export type { Application, DraftChange, Owner, TypedBudget } from '#lib/server/application/application.repository.ts';

/** Why a draft cannot be changed: there is none, or it was sent meanwhile and is no draft any more. */
export type DraftRefusal = 'no_draft' | 'already_submitted';

/** The owner's newest application that was not withdrawn; undefined where there is none. */
export async function findCurrentApplication(db: DbOrTrx, owner: Owner): Promise<Application | undefined> {
	return selectCurrentApplication(db, owner);
}

/** The owner's open application, draft or sent, locked; at most one stands for an account. */
export async function lockOpen(trx: Trx, owner: Owner): Promise<Application | undefined> {
	return lockOpenApplication(trx, owner);
}

/** The owner's draft, locked for this transaction, or why there is none to change. */
export async function lockDraft(
	trx: Trx,
	owner: Owner,
): Promise<{ ok: true; draft: Application } | { ok: false; refusal: DraftRefusal }> {
	const application = await lockOpenApplication(trx, owner);
	if (!application) return { ok: false, refusal: 'no_draft' };
	return application.status === 'draft'
		? { ok: true, draft: application }
		: { ok: false, refusal: 'already_submitted' };
}

/** The owner's draft, begun where there is none yet. Two requests at once begin one; an account of another has none. */
export async function lockOrBeginDraft(
	trx: Trx,
	owner: Owner,
	{ locale, at }: { locale: string; at: Date },
): Promise<{ ok: true; draft: Application; begun: boolean } | { ok: false; refusal: DraftRefusal }> {
	const begun = await insertDraft(trx, owner, locale, at);
	if (begun) return { ok: true, draft: begun, begun: true };
	const locked = await lockDraft(trx, owner);
	return locked.ok ? { ...locked, begun: false } : locked;
}

/** Writes a change into a locked application and counts its version up, so that a page drawn before it is known to be old. */
export async function changeDraft(trx: Trx, draft: Application, at: Date, change: DraftChange): Promise<void> {
	await updateDraft(trx, draft.id, at, change);
}
