import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import * as m from '#lib/paraglide/messages.js';
import { type EnrolRefusal, enrolStaff } from '#lib/server/staff/enrol-staff.ts';
import { PASSWORD_LENGTH } from '#lib/server/staff/password.ts';
import { qrCode } from '#lib/server/staff/qr-code.ts';
import { findEnrolment } from '#lib/server/staff/read-enrolment.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, params }) => {
	const enrolment = await findEnrolment(locals.db, params.token);
	if (!enrolment) return { enrolment: null };
	const { login, name, secret, address } = enrolment;
	return { enrolment: { login, name, secret: secret.replaceAll(/.{4}(?=.)/g, '$& '), qr: qrCode(address) } };
};

const text = v.pipe(v.string(), v.maxLength(1000));
const schema = v.object({ password: text, again: text, code: text });

export const actions: Actions = {
	default: async ({ request, locals, params }) => {
		const parsed = v.safeParse(schema, Object.fromEntries(await request.formData()));
		const given = parsed.success ? parsed.output : { password: '', again: '', code: '' };
		if (given.password !== '' && given.password !== given.again) {
			return fail(400, { errors: [{ field: 'again', text: m.staff_enrol_again_differs() }] });
		}
		const outcome = await enrolStaff(locals.db, { token: params.token, ...given });
		if (!outcome.ok) return fail(400, { errors: [refusalError(outcome.refusal)] });
		redirect(303, '/staff/sign-in?enrolled');
	},
};

function refusalError(refusal: EnrolRefusal): { field: string; text: string } {
	switch (refusal) {
		case 'password_short':
			return { field: 'password', text: m.staff_enrol_password_short({ least: PASSWORD_LENGTH.least }) };
		case 'password_long':
			return { field: 'password', text: m.staff_enrol_password_long({ most: PASSWORD_LENGTH.most }) };
		case 'password_guessable':
			return { field: 'password', text: m.staff_enrol_password_guessable() };
		case 'code_wrong':
			return { field: 'code', text: m.staff_enrol_code_wrong() };
		case 'link_over':
			return { field: 'password', text: m.staff_enrol_over_text() };
	}
}
