import { error, redirect } from '@sveltejs/kit';
import { homeOf } from '#lib/domain/access/permission.ts';
import { env } from '#lib/server/env.ts';
import { forgetKeptForm, readKeptForms } from '#lib/server/kept-form/read-kept-forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals: { db, staff }, cookies }) => {
	if (!staff) error(403);
	const forms = await readKeptForms(db, cookies, { kind: 'staff', ownerId: staff.id });
	return { forms, timeZone: env().bankTimeZone, home: homeOf(staff.role) };
};

export const actions: Actions = {
	forget: async ({ locals: { db, staff }, cookies, request }) => {
		if (!staff) error(403);
		const path = String((await request.formData()).get('path'));
		await forgetKeptForm(db, cookies, { kind: 'staff', ownerId: staff.id, path });
		redirect(303, homeOf(staff.role));
	},
};
