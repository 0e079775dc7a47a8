import { type DraftFields, type DraftForm, typedAtOf } from '#lib/domain/application/form-draft.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findDraftSubject } from '#lib/server/form-draft/draft-subject.ts';
import { upsertDraft } from '#lib/server/form-draft/form-draft.repository.ts';

/** What a page sends as somebody leaves a field of it. */
export interface TypedForm {
	readonly form: DraftForm;
	/** What the form was about when its page was drawn. */
	readonly subjectId: string;
	readonly fields: DraftFields;
	/** When it was typed, by the server's clock as the page knows it. */
	readonly typedAt: Date;
}

/**
 * Keeps what the owner has typed and not sent, for any of their devices. Words typed earlier than those that are kept change
 * nothing and are no fault. Refused where the form is over: sent, withdrawn, or not asked any more. It is no deed and stands in
 * no audit log.
 */
export async function keepDraft(
	db: DbOrTrx,
	{ owner, typed, at }: { owner: Owner; typed: TypedForm; at: Date },
): Promise<{ ok: true } | { ok: false; refusal: 'form_over' }> {
	const { form, subjectId, fields, typedAt } = typed;
	const subject = await findDraftSubject(db, owner, form);
	if (subject?.subjectId !== subjectId) return { ok: false, refusal: 'form_over' };
	const words = { fields, typedAt: typedAtOf(typedAt, at), savedAt: at };
	await upsertDraft(db, { ...owner, form, subjectId }, subject.application, words);
	return { ok: true };
}
