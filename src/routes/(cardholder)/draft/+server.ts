import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { DRAFT_FORMS, draftFields } from '#lib/domain/application/form-draft.ts';
import { now } from '#lib/server/clock.ts';
import { keepDraft } from '#lib/server/form-draft/keep-draft.ts';
import { ownerOf } from '../owner.ts';
import type { RequestHandler } from './$types';

/** The query says which form; the body is the form's own. */
const schema = v.object({
	form: v.picklist(DRAFT_FORMS),
	subject: v.pipe(v.string(), v.uuid()),
	typed: v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)),
});

/** Keeps a form as it is left. 204: kept, or newer words are; 409: the form is over; 413: longer than any field may be. */
export const POST: RequestHandler = async ({ locals, request, url }) => {
	const owner = await ownerOf(locals);
	const parsed = v.safeParse(schema, Object.fromEntries(url.searchParams));
	if (!parsed.success) error(400);
	const { form, subject: subjectId, typed } = parsed.output;
	const fields = draftFields(form, new URLSearchParams(await request.text()));
	if (!fields) error(413);
	const kept = await keepDraft(locals.db, {
		owner,
		typed: { form, subjectId, fields, typedAt: new Date(typed) },
		at: now(),
	});
	return new Response(null, { status: kept.ok ? 204 : 409 });
};
