import { error, fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { SKILLS } from '#lib/domain/review/queue-policy.ts';
import * as m from '#lib/paraglide/messages.js';
import { locales } from '#lib/paraglide/runtime.js';
import { addStaff, type AddStaffRefusal } from '#lib/server/staff/add-staff.ts';
import { changeKnowledge } from '#lib/server/staff/change-knowledge.ts';
import { disableStaff } from '#lib/server/staff/disable-staff.ts';
import { renewEnrolment } from '#lib/server/staff/issue-enrolment.ts';
import { listStaff } from '#lib/server/staff/list-staff.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals }) => ({
	people: await listStaff(locals.db),
	self: locals.staff?.id ?? null,
});

const ROLES = ['agent', 'supervisor', 'support', 'admin'] as const;
const text = v.pipe(v.string(), v.maxLength(100));
const added = v.object({ login: text, name: text, role: v.picklist(ROLES) });
const known = v.object({
	staff: v.pipe(v.string(), v.uuid()),
	languages: v.array(v.picklist(locales)),
	skills: v.array(v.picklist(SKILLS)),
});
const named = v.object({ staff: v.pipe(v.string(), v.uuid()) });

const actorOf = (locals: App.Locals) => {
	if (!locals.staff) error(403);
	return { kind: 'staff', id: locals.staff.id } as const;
};

export const actions: Actions = {
	add: async ({ request, locals }) => {
		const form = Object.fromEntries(await request.formData());
		const parsed = v.safeParse(added, form);
		const kept = { login: textOf(form['login']), name: textOf(form['name']), role: textOf(form['role']) };
		if (!parsed.success) return fail(400, { ...kept, errors: [{ field: 'role', text: m.admin_role_missing() }] });
		const outcome = await addStaff(locals.db, { ...parsed.output, actor: actorOf(locals) });
		if (!outcome.ok) return fail(400, { ...kept, errors: [addError(outcome.refusal)] });
		return { link: { name: parsed.output.name, url: outcome.url } };
	},

	renew: async ({ request, locals }) => {
		const parsed = v.safeParse(named, Object.fromEntries(await request.formData()));
		if (!parsed.success) error(400);
		const outcome = await renewEnrolment(locals.db, { staffId: parsed.output.staff, actor: actorOf(locals) });
		if (!outcome.ok) return fail(409, { refusal: m.admin_refused_gone() });
		const name = (await listStaff(locals.db)).find(({ id }) => id === parsed.output.staff)?.name ?? '';
		return { link: { name, url: outcome.url } };
	},

	knowledge: async ({ request, locals }) => {
		const form = await request.formData();
		const asked = { staff: form.get('staff'), languages: form.getAll('languages'), skills: form.getAll('skills') };
		const parsed = v.safeParse(known, asked);
		if (!parsed.success) error(400);
		const { staff: staffId, languages, skills } = parsed.output;
		const outcome = await changeKnowledge(locals.db, { staffId, languages, skills, actor: actorOf(locals) });
		if (outcome.ok) return { saved: m.queue_knowledge_saved() };
		const refusal = outcome.refusal === 'not_found' ? m.admin_refused_gone() : m.queue_language_missing();
		return fail(409, { refusal });
	},

	disable: async ({ request, locals }) => {
		const parsed = v.safeParse(named, Object.fromEntries(await request.formData()));
		if (!parsed.success) error(400);
		const outcome = await disableStaff(locals.db, { staffId: parsed.output.staff, actor: actorOf(locals) });
		if (outcome.ok) return { disabled: true };
		return fail(409, { refusal: outcome.refusal === 'own_account' ? m.admin_refused_own() : m.admin_refused_gone() });
	},
};

const textOf = (value: FormDataEntryValue | undefined) => (typeof value === 'string' ? value.slice(0, 100) : '');

function addError(refusal: AddStaffRefusal): { field: string; text: string } {
	switch (refusal) {
		case 'login_malformed':
			return { field: 'login', text: m.admin_login_malformed() };
		case 'login_taken':
			return { field: 'login', text: m.admin_login_taken() };
		case 'name_missing':
			return { field: 'name', text: m.admin_name_missing() };
	}
}
