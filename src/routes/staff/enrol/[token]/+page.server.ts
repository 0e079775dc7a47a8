import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import * as m from '#lib/paraglide/messages.js';
import { deviceName } from '#lib/messages/device-name.ts';
import { relyingParty } from '#lib/server/passkey/relying-party.ts';
import { enrolWithPasskey } from '#lib/server/staff/enrol-with-passkey.ts';
import { type EnrolRefusal, enrolStaff } from '#lib/server/staff/enrol-staff.ts';
import { PASSWORD_LENGTH } from '#lib/server/staff/password.ts';
import { qrCode } from '#lib/server/staff/qr-code.ts';
import { findEnrolment } from '#lib/server/staff/read-enrolment.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, params }) => {
	const enrolment = await findEnrolment(locals.db, params.token);
	if (!enrolment) return { enrolment: null, canUsePasskey: false };
	const { login, name, secret, address } = enrolment;
	const shown = { login, name, secret: secret.replaceAll(/.{4}(?=.)/g, '$& '), qr: qrCode(address) };
	return { enrolment: shown, canUsePasskey: relyingParty() !== undefined };
};

const text = v.pipe(v.string(), v.maxLength(1000));
const schema = v.object({ password: text, again: text, code: text });
const Answer = v.object({ passkey: v.pipe(v.string(), v.maxLength(20_000)) });

export const actions: Actions = {
	app: async ({ request, locals, params }) => {
		const parsed = v.safeParse(schema, Object.fromEntries(await request.formData()));
		const given = parsed.success ? parsed.output : { password: '', again: '', code: '' };
		if (given.password !== '' && given.password !== given.again) {
			return fail(400, { errors: [{ field: 'again', text: m.staff_enrol_again_differs() }] });
		}
		const outcome = await enrolStaff(locals.db, { token: params.token, ...given });
		if (!outcome.ok) return fail(400, { errors: [refusalError(outcome.refusal)] });
		redirect(303, '/staff/sign-in?enrolled');
	},
	passkey: async ({ request, locals, params }) => {
		const parsed = v.safeParse(Answer, Object.fromEntries(await request.formData()));
		const answer = parsed.success ? parsed.output.passkey : '';
		const name = deviceName(request.headers.get('user-agent'));
		const outcome = await enrolWithPasskey(locals.db, { token: params.token, answer, name });
		if (outcome.ok) redirect(303, '/staff/sign-in?enrolled=passkey');
		const words = outcome.refusal === 'link_over' ? m.staff_enrol_over_text() : m.passkey_not_taken();
		return fail(400, { errors: [{ field: 'passkey', text: words }] });
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
