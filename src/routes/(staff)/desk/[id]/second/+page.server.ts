import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { OUTCOMES } from '#lib/domain/review/decision.ts';
import { LONGEST_NOTE } from '#lib/domain/review/note.ts';
import * as m from '#lib/paraglide/messages.js';
import { readDeclineTemplates } from '#lib/server/review/decline-rules.ts';
import { readSecondCase } from '#lib/server/second-review/read-second-case.ts';
import { type SecondLookRefusal, takeSecondLook } from '#lib/server/second-review/take-second-look.ts';
import type { Actions, PageServerLoad } from './$types';

const isId = (text: string) => v.is(v.pipe(v.string(), v.uuid()), text);
const schema = v.object({
	outcome: v.picklist(OUTCOMES),
	reason: v.pipe(
		v.optional(v.pipe(v.string(), v.maxLength(40)), ''),
		v.transform((reason) => (reason === '' ? null : reason)),
	),
	note: v.optional(v.pipe(v.string(), v.maxLength(4000)), ''),
});

export const load: PageServerLoad = async ({ locals: { staff, db }, params, url }) => {
	if (!staff || !isId(params.id)) error(404);
	const it = await readSecondCase(db, { staffId: staff.id, applicationId: params.id });
	if (!it) error(404);
	const { reasons } = await readDeclineTemplates(db);
	const given = reasons.filter(({ isRetired }) => !isRetired).map(({ code, name }) => ({ code, name }));
	return { it, reasons: given, isLed: url.searchParams.has('led') };
};

const REFUSED: Readonly<Record<SecondLookRefusal, () => string>> = {
	not_found: m.second_refused_gone,
	reason_needed: m.desk_refused_reason_needed,
	note_long: () => m.desk_put_back_note_long({ most: LONGEST_NOTE }),
};

export const actions: Actions = {
	default: async ({ locals: { staff, db }, params, request }) => {
		if (!staff || !isId(params.id)) error(404);
		const form = await request.formData();
		const typed = (name: string) => {
			const value = form.get(name);
			return typeof value === 'string' ? value : '';
		};
		const kept = { outcome: typed('outcome'), reason: typed('reason'), note: typed('note') };
		const parsed = v.safeParse(schema, kept);
		if (!parsed.success) return fail(400, { refusal: m.desk_refused_outcome_needed(), kept });
		const look = { ...parsed.output, staffId: staff.id, applicationId: params.id };
		const taken = await takeSecondLook(db, look);
		if (!taken.ok) return fail(409, { refusal: REFUSED[taken.refusal](), kept });
		redirect(303, '/desk?done=second');
	},
};
