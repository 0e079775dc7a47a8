import { redirect } from '@sveltejs/kit';
import { findCalendarToken, renewCalendar } from '#lib/server/agreement/calendar.ts';
import { env } from '#lib/server/env.ts';
import { ownerOf } from '../../owner.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, url }) => {
	const token = await findCalendarToken(locals.db, await ownerOf(locals));
	const address = token === undefined ? undefined : new URL(`/calendar/${token}.ics`, env().origin).href;
	return { address, webcal: address?.replace(/^https?:/, 'webcal:'), isNew: url.searchParams.has('new') };
};

export const actions: Actions = {
	renew: async ({ locals }) => {
		const renewed = await renewCalendar(locals.db, await ownerOf(locals));
		redirect(303, renewed.ok ? '/agreement/calendar?new' : '/agreement/calendar');
	},
};
