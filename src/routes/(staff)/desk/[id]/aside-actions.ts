import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { HOLD_KINDS, MOST_HOLD_DAYS } from '#lib/domain/contact/hold.ts';
import type { EndHoldRefusal } from '#lib/domain/review/ending-hold.ts';
import { LONGEST_NOTE } from '#lib/domain/review/note.ts';
import * as m from '#lib/paraglide/messages.js';
import { holdReminders, type HoldRemindersRefusal, releaseReminders } from '#lib/server/review/hold-reminders.ts';
import { referReview } from '#lib/server/review/refer-review.ts';
import { openCase } from './open-case.ts';
import { decideRefusalText, type Standing } from './refusal-text.ts';
import type { RequestEvent } from './$types';

const fence = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));
/** Too long is told, and nothing of it lost: how much comes at all, the hook bounds. */
const note = v.optional(v.string(), '');
const referSchema = v.object({ fence, refer_note: note });
const holdSchema = v.object({
	fence,
	hold_kind: v.pipe(
		v.optional(v.string(), ''),
		v.transform((typed) => HOLD_KINDS.find((known) => known === typed)),
	),
	hold_until: v.optional(v.string(), ''),
	hold_note: note,
});
const endSchema = v.object({ fence });

/** The case goes to a supervisor. */
export async function referAction(event: RequestEvent) {
	const { db, staff, access, applicationId } = await openCase(event);
	const form = v.safeParse(referSchema, Object.fromEntries(await event.request.formData()));
	if (!form.success) return refused('refer', m.desk_refused_form());
	const { fence: held, refer_note: words } = form.output;
	const done = await referReview(db, { staffId: staff.id, applicationId, fence: held, note: words });
	if (done.ok) redirect(303, `/desk?done=referred&case=${access.review.reference}`);
	return refused('refer', asideText(done.refusal, await openCase(event)), { note: words });
}

/** Reminders are held, and the case is put aside. */
export async function holdAction(event: RequestEvent) {
	const { db, staff, access, applicationId } = await openCase(event);
	const form = v.safeParse(holdSchema, Object.fromEntries(await event.request.formData()));
	if (!form.success) return refused('hold', m.desk_refused_form());
	const { fence: held, hold_kind: kind, hold_until: until, hold_note: words } = form.output;
	if (!kind) return refused('hold', m.desk_refused_hold_kind(), { note: words, until });
	const hold = { staffId: staff.id, applicationId, fence: held, note: words, kind, until };
	const done = await holdReminders(db, hold);
	if (done.ok) redirect(303, `/desk?done=held&case=${access.review.reference}`);
	const problem = asideText(done.refusal, await openCase(event));
	return refused('hold', problem, { note: words, kind, until, field: fieldOf(done.refusal) });
}

/** Reminders may go again. */
export async function endHoldAction(event: RequestEvent) {
	const { db, staff, applicationId } = await openCase(event);
	const form = v.safeParse(endSchema, Object.fromEntries(await event.request.formData()));
	if (!form.success) return refused('end', m.desk_refused_form());
	const done = await releaseReminders(db, { staffId: staff.id, applicationId, fence: form.output.fence });
	if (done.ok) redirect(303, `/desk/${applicationId}`);
	if (done.refusal === 'no_hold') return refused('end', m.desk_refused_no_hold());
	return refused('end', asideText(done.refusal, await openCase(event)));
}

/** What was filled in, for whoever has to mend it, and at which field; undefined where at none. */
interface Filled {
	readonly field?: 'note' | 'until' | undefined;
	readonly note?: string;
	readonly kind?: string;
	readonly until?: string;
}

const refused = (deed: 'refer' | 'hold' | 'end', problem: string, filled: Filled = {}) =>
	fail(409, { step: 'fill' as const, aside: { deed, problem, ...filled } });

function fieldOf(refusal: HoldRemindersRefusal): Filled['field'] {
	if (refusal === 'hold_day_wrong') return 'until';
	return refusal === 'note_missing' || refusal === 'note_long' ? 'note' : undefined;
}

function asideText(refusal: HoldRemindersRefusal | EndHoldRefusal, { access }: { access: Standing }): string {
	switch (refusal) {
		case 'note_missing':
			return m.desk_put_back_note_missing();
		case 'note_long':
			return m.desk_put_back_note_long({ most: LONGEST_NOTE });
		case 'hold_day_wrong':
			return m.desk_refused_hold_day({ days: MOST_HOLD_DAYS });
		case 'hold_standing':
			return m.desk_refused_hold_standing();
		default:
			return decideRefusalText(refusal, access);
	}
}
