import type { DraftFields, DraftForm } from '#lib/domain/application/form-draft.ts';
import type { Status } from '#lib/domain/application/status.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** Whose draft it is, of which form, and what the form is about: an application, a request for more, an offer. */
export interface DraftPlace {
	readonly cardholderId: string;
	readonly accountId: string;
	readonly form: DraftForm;
	readonly subjectId: string;
}

/** What is written, and when it was typed by the server's clock. */
export interface DraftWords {
	readonly fields: DraftFields;
	readonly typedAt: Date;
	readonly savedAt: Date;
}

/**
 * Writes a draft for as long as its owner's application stands as it did, unless newer words are there already. The application is
 * held meanwhile, so that what is sent in the same instant leaves no draft behind.
 */
export async function upsertDraft(
	db: DbOrTrx,
	{ cardholderId, accountId, form, subjectId }: DraftPlace,
	application: { readonly id: string; readonly status: Status },
	{ fields, typedAt, savedAt }: DraftWords,
): Promise<void> {
	const text = JSON.stringify(fields);
	await db
		.insertInto('form_draft')
		.columns(['cardholder_id', 'account_id', 'form', 'application_id', 'subject_id', 'fields', 'typed_at', 'saved_at'])
		.expression((eb) =>
			eb
				.selectFrom('application')
				.select(['application.cardholder_id', 'application.account_id'])
				.select((from) => from.val(form).as('form'))
				.select('application.id as application_id')
				.select((from) => [
					from.cast<string>(from.val(subjectId), 'uuid').as('subject_id'),
					from.cast<DraftFields>(from.val(text), 'jsonb').as('fields'),
					from.cast<Date>(from.val(typedAt), 'timestamptz').as('typed_at'),
					from.cast<Date>(from.val(savedAt), 'timestamptz').as('saved_at'),
				])
				.where('application.id', '=', application.id)
				.where('application.cardholder_id', '=', cardholderId)
				.where('application.account_id', '=', accountId)
				.where('application.status', '=', application.status)
				.forShare(),
		)
		.onConflict((conflict) =>
			conflict
				.columns(['cardholder_id', 'account_id', 'form'])
				.doUpdateSet((eb) => ({
					application_id: eb.ref('excluded.application_id'),
					subject_id: eb.ref('excluded.subject_id'),
					fields: eb.ref('excluded.fields'),
					typed_at: eb.ref('excluded.typed_at'),
					saved_at: eb.ref('excluded.saved_at'),
				}))
				.where((eb) =>
					eb.or([
						eb('form_draft.subject_id', '<>', eb.ref('excluded.subject_id')),
						eb('form_draft.typed_at', '<=', eb.ref('excluded.typed_at')),
					]),
				),
		)
		.execute();
}

export async function selectDraft(db: DbOrTrx, place: DraftPlace): Promise<DraftFields | undefined> {
	const row = await db
		.selectFrom('form_draft')
		.select('fields')
		.where('cardholder_id', '=', place.cardholderId)
		.where('account_id', '=', place.accountId)
		.where('form', '=', place.form)
		.where('subject_id', '=', place.subjectId)
		.executeTakeFirst();
	return row?.fields;
}

export async function deleteDraftsSavedBefore(db: DbOrTrx, at: Date): Promise<void> {
	await db.deleteFrom('form_draft').where('saved_at', '<=', at).execute();
}
