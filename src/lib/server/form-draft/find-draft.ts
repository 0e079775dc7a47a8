import type { DraftFields, DraftForm } from '#lib/domain/application/form-draft.ts';
import type { Application, Owner } from '#lib/server/application/draft.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { selectDraft, upsertDraft } from '#lib/server/form-draft/form-draft.repository.ts';

/** What the owner has typed into a form about this and not sent; nothing where it is about another thing by now. */
export async function findDraft(
	db: DbOrTrx,
	owner: Owner,
	{ form, subjectId }: { form: DraftForm; subjectId: string },
): Promise<DraftFields> {
	return (await selectDraft(db, { ...owner, form, subjectId })) ?? {};
}

/**
 * Empties a draft whose words have found their own place, in the transaction that gave them it; a save that was on its way
 * meanwhile is then an older one.
 */
export async function emptyDraft(
	db: DbOrTrx,
	application: Application,
	{ form, subjectId, at }: { form: DraftForm; subjectId: string; at: Date },
): Promise<void> {
	const { cardholderId, accountId } = application;
	const place = { cardholderId, accountId, form, subjectId };
	await upsertDraft(db, place, application, { fields: {}, typedAt: at, savedAt: at });
}
