import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { LONGEST_PASSKEY_NAME } from '#lib/domain/access/passkey.ts';
import { deviceName } from '#lib/messages/device-name.ts';
import { passkeyDone } from '#lib/messages/passkey-done.ts';
import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { env } from '#lib/server/env.ts';
import { addCardholderPasskey } from '#lib/server/passkey/add-cardholder-passkey.ts';
import { listPasskeys } from '#lib/server/passkey/list-passkeys.ts';
import { declinePasskeyOffer } from '#lib/server/passkey/passkey-offer.ts';
import { relyingParty } from '#lib/server/passkey/relying-party.ts';
import { removePasskey } from '#lib/server/passkey/remove-passkey.ts';
import { renamePasskey } from '#lib/server/passkey/rename-passkey.ts';
import { addDevice } from '#lib/server/push/add-device.ts';
import { declinePushOffer, readDevices } from '#lib/server/push/push-offer.ts';
import { stopDevice } from '#lib/server/push/stop-device.ts';
import { listSessions } from '#lib/server/session/list-sessions.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db, cardholder } = locals;
	if (!cardholder) redirect(303, '/sign-in');
	return {
		passkeys: await listPasskeys(db, { kind: 'cardholder', id: cardholder.id }),
		sessions: await listSessions(db, 'cardholder', { userId: cardholder.id, sessionId: cardholder.sessionId }),
		canAdd: relyingParty() !== undefined,
		notices: await readDevices(db, cardholder.id),
		timeZone: env().bankTimeZone,
		change: url.searchParams.get('change'),
		remove: url.searchParams.get('remove'),
		done: doneText(url.searchParams.get('done')),
	};
};

/** What was just done, to a passkey or to the notices. */
function doneText(done: string | null): string | undefined {
	if (done === 'notices') return m.push_on();
	return done === 'stopped' ? m.push_stopped() : passkeyDone(done);
}

const Answer = v.object({ passkey: v.pipe(v.string(), v.maxLength(20_000)) });
const Chosen = v.object({ id: v.pipe(v.string(), v.uuid()) });
const Notified = v.object({ subscription: v.pipe(v.string(), v.maxLength(4_000)), back: v.optional(v.string()) });
const Named = v.object({ ...Chosen.entries, name: v.pipe(v.string(), v.maxLength(1000)) });

export const actions: Actions = {
	add: async ({ locals: { db, cardholder }, request }) => {
		if (!cardholder) redirect(303, '/sign-in');
		const parsed = v.safeParse(Answer, Object.fromEntries(await request.formData()));
		const added = await addCardholderPasskey(db, {
			cardholderId: cardholder.id,
			sessionId: cardholder.sessionId,
			answer: parsed.success ? parsed.output.passkey : '',
			name: deviceName(request.headers.get('user-agent')),
		});
		if (added.ok) redirect(303, '/security?done=added');
		const words = {
			not_taken: m.passkey_not_taken,
			already_added: m.passkey_known,
			too_many: m.passkey_too_many,
		}[added.refusal];
		return fail(409, { refusal: words() });
	},
	rename: async ({ locals: { db, cardholder }, request }) => {
		if (!cardholder) redirect(303, '/sign-in');
		const parsed = v.safeParse(Named, Object.fromEntries(await request.formData()));
		if (!parsed.success) return fail(400, { refusal: m.passkey_gone() });
		const { id: passkeyId, name } = parsed.output;
		const owner = { kind: 'cardholder', id: cardholder.id } as const;
		const renamed = await renamePasskey(db, { owner, passkeyId, name });
		if (renamed.ok) redirect(303, '/security?done=renamed');
		if (renamed.refusal === 'not_found') return fail(404, { refusal: m.passkey_gone() });
		return fail(400, { naming: passkeyId, nameError: m.passkey_name_wrong({ most: LONGEST_PASSKEY_NAME }) });
	},
	remove: async ({ locals: { db, cardholder }, request }) => {
		if (!cardholder) redirect(303, '/sign-in');
		const parsed = v.safeParse(Chosen, Object.fromEntries(await request.formData()));
		const chosen = { cardholderId: cardholder.id, passkeyId: parsed.success ? parsed.output.id : '' };
		const removed = parsed.success && (await removePasskey(db, chosen)).ok;
		if (!removed) return fail(404, { refusal: m.passkey_gone() });
		redirect(303, '/security?done=removed');
	},
	/** "Do not offer it again", on the page that offers it. */
	decline: async ({ locals: { db, cardholder } }) => {
		if (!cardholder) redirect(303, '/sign-in');
		await declinePasskeyOffer(db, cardholder.id);
		redirect(303, '/debt');
	},
	/** Notices on this device, from the page that offers them or from this one. */
	notify: async ({ locals: { db, cardholder }, request }) => {
		if (!cardholder) redirect(303, '/sign-in');
		const parsed = v.safeParse(Notified, Object.fromEntries(await request.formData()));
		const added = await addDevice(db, {
			cardholderId: cardholder.id,
			subscription: parsed.success ? parsed.output.subscription : '',
			locale: getLocale(),
			device: deviceName(request.headers.get('user-agent')),
		});
		if (!added.ok) return fail(400, { refusal: m.push_failed() });
		redirect(
			303,
			parsed.success && parsed.output.back === 'application' ? '/application?notices' : '/security?done=notices',
		);
	},
	/** "Not now", on the page that offers them. */
	not_now: async ({ locals: { db, cardholder } }) => {
		if (!cardholder) redirect(303, '/sign-in');
		await declinePushOffer(db, cardholder.id);
		redirect(303, '/application');
	},
	stop: async ({ locals: { db, cardholder }, request }) => {
		if (!cardholder) redirect(303, '/sign-in');
		const parsed = v.safeParse(Chosen, Object.fromEntries(await request.formData()));
		const chosen = { cardholderId: cardholder.id, deviceId: parsed.success ? parsed.output.id : '' };
		const stopped = parsed.success && (await stopDevice(db, chosen)).ok;
		if (!stopped) return fail(404, { refusal: m.push_gone() });
		redirect(303, '/security?done=stopped');
	},
};
