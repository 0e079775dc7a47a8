import { redirect } from '@sveltejs/kit';
import { browserOf } from '#lib/server/access/access-cookie.ts';
import { canUndoSilence, undoSilence } from '#lib/server/access/silence-number.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, cookies, url }) => ({
	canUndo: await canUndoSilence(locals.db, browserOf(cookies)),
	isUndone: url.searchParams.has('undone'),
});

export const actions: Actions = {
	default: async ({ locals, cookies }) => {
		const wasUndone = await undoSilence(locals.db, browserOf(cookies) ?? '');
		redirect(303, wasUndone ? '/l/silenced?undone' : '/l/silenced');
	},
};
