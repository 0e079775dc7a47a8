import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { LONGEST_PASSKEY_NAME } from '#lib/domain/access/passkey.ts';
import { deviceName } from '#lib/messages/device-name.ts';
import { passkeyDone } from '#lib/messages/passkey-done.ts';
import * as m from '#lib/paraglide/messages.js';
import { runAs } from '#lib/server/db/identity.ts';
import { env } from '#lib/server/env.ts';
import { listPasskeys } from '#lib/server/passkey/list-passkeys.ts';
import { relyingParty } from '#lib/server/passkey/relying-party.ts';
import { renamePasskey } from '#lib/server/passkey/rename-passkey.ts';
import { readReviewRules } from '#lib/server/review/review-rules.ts';
import { listSessions } from '#lib/server/session/list-sessions.ts';
import { addStaffPasskey, removeStaffPasskey } from '#lib/server/staff/change-passkeys.ts';
import { confirmStaff } from '#lib/server/staff/confirm-staff.ts';
import { readConfirmation } from '#lib/server/staff/read-confirmation.ts';
import { proofRefusalText, readProof } from '../../proof.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

/** Who changes their passkeys, and for how long a confirmation stands. */
async function changerOf({ db, staff }: App.Locals) {
	if (!staff) error(403);
	const { confirmMinutes: minutes } = await readReviewRules(db);
	return { db, by: { staffId: staff.id, sessionId: staff.sessionId, minutes } };
}

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db, by } = await changerOf(locals);
	return {
		passkeys: await listPasskeys(db, { kind: 'staff', id: by.staffId }),
		confirmation: await readConfirmation(db, by),
		sessions: await listSessions(db, 'staff', { userId: by.staffId, sessionId: by.sessionId }),
		canAdd: relyingParty() !== undefined,
		timeZone: env().bankTimeZone,
		change: url.searchParams.get('change'),
		remove: url.searchParams.get('remove'),
		done: passkeyDone(url.searchParams.get('done')),
	};
};

const Answer = v.object({ passkey: v.pipe(v.string(), v.maxLength(20_000)) });
const Chosen = v.object({ id: v.pipe(v.string(), v.uuid()) });
const Named = v.object({ ...Chosen.entries, name: v.pipe(v.string(), v.maxLength(1000)) });

// What changes a way to sign in is the door's work: the staff's own rows are for reading.
export const actions: Actions = {
	confirm: async ({ locals, request }) => {
		const { db, by } = await changerOf(locals);
		const proof = readProof(await request.formData());
		if (!proof) return fail(400, { unproven: m.staff_sign_in_code_missing() });
		const { staffId, sessionId } = by;
		const confirmed = await runAs('door', () => confirmStaff(db, { staffId, sessionId, proof }));
		if (!confirmed.ok) return fail(409, { unproven: proofRefusalText(confirmed) });
		redirect(303, '/staff/security');
	},
	add: async ({ locals, request }) => {
		const { db, by } = await changerOf(locals);
		const parsed = v.safeParse(Answer, Object.fromEntries(await request.formData()));
		const answer = parsed.success ? parsed.output.passkey : '';
		const name = deviceName(request.headers.get('user-agent'));
		const added = await runAs('door', () => addStaffPasskey(db, { by, answer, name }));
		if (added.ok) redirect(303, '/staff/security?done=added');
		const words = {
			not_taken: m.passkey_not_taken,
			already_added: m.passkey_known,
			too_many: m.passkey_too_many,
			not_confirmed: m.passkey_staff_confirm,
		}[added.refusal];
		return fail(409, { refusal: words() });
	},
	rename: async ({ locals, request }) => {
		const { db, by } = await changerOf(locals);
		const parsed = v.safeParse(Named, Object.fromEntries(await request.formData()));
		if (!parsed.success) return fail(400, { refusal: m.passkey_gone() });
		const { id: passkeyId, name } = parsed.output;
		const owner = { kind: 'staff', id: by.staffId } as const;
		const renamed = await runAs('door', () => renamePasskey(db, { owner, passkeyId, name }));
		if (renamed.ok) redirect(303, '/staff/security?done=renamed');
		if (renamed.refusal === 'not_found') return fail(404, { refusal: m.passkey_gone() });
		return fail(400, { naming: passkeyId, nameError: m.passkey_name_wrong({ most: LONGEST_PASSKEY_NAME }) });
	},
	remove: async ({ locals, request }) => {
		const { db, by } = await changerOf(locals);
		const parsed = v.safeParse(Chosen, Object.fromEntries(await request.formData()));
		if (!parsed.success) return fail(400, { refusal: m.passkey_gone() });
		const passkeyId = parsed.output.id;
		const removed = await runAs('door', () => removeStaffPasskey(db, { by, passkeyId }));
		if (removed.ok) redirect(303, '/staff/security?done=removed');
		const words = {
			not_found: m.passkey_gone,
			last_factor: m.passkey_staff_last,
			not_confirmed: m.passkey_staff_confirm,
		}[removed.refusal];
		return fail(409, { refusal: words() });
	},
};
