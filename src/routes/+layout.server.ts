import { now } from '#lib/server/clock.ts';
import { deviceMark } from '#lib/server/session/device-mark.ts';
import { env } from '#lib/server/env.ts';
import type { LayoutServerLoad } from './$types';

/** What every page's frame shows: which bank this is, whether somebody is signed in, and the time; nothing of theirs. */
export const load: LayoutServerLoad = ({ locals }) => {
	const { bankName, bankPhrase, bankPhone } = env();
	return {
		// A number to dial stays on one line.
		bank: { name: bankName, phrase: bankPhrase, phone: bankPhone.replaceAll(' ', '\u00a0') },
		now: now(),
		/** By what a device knows its person again. */
		device: locals.cardholder ? deviceMark(locals.cardholder.id) : undefined,
		person: locals.cardholder ? ('cardholder' as const) : locals.staff ? ('staff' as const) : null,
	};
};
