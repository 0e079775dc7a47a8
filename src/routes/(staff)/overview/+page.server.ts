import { error } from '@sveltejs/kit';
import { readOverview } from '#lib/server/review/read-overview.ts';
import type { PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals }) => {
	if (!locals.staff) error(403);
	return { overview: await readOverview(locals.db, { staffId: locals.staff.id }) };
};
