import { error, redirect } from '@sveltejs/kit';
import { env } from '#lib/server/env.ts';
import { forgetKeptForm, readKeptForms } from '#lib/server/kept-form/read-kept-forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals: { db, cardholder }, cookies }) => {
	if (!cardholder) error(403);
	const forms = await readKeptForms(db, cookies, { kind: 'cardholder', ownerId: cardholder.id });
	return { forms, timeZone: env().bankTimeZone };
};

export const actions: Actions = {
	forget: async ({ locals: { db, cardholder }, cookies, request }) => {
		if (!cardholder) error(403);
		const path = String((await request.formData()).get('path'));
		await forgetKeptForm(db, cookies, { kind: 'cardholder', ownerId: cardholder.id, path });
		redirect(303, '/debt');
	},
};
