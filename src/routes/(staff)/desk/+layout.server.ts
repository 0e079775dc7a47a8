import { listQueue } from '#lib/server/review/list-queue.ts';
import type { LayoutServerLoad } from './$types';
import { error } from '@sveltejs/kit';
import { now } from '#lib/server/clock.ts';

/** The queue stands beside every page of the desk. */
export const load: LayoutServerLoad = async ({ locals, url, depends }) => {
	depends('desk:queue');
	if (!locals.staff) error(403);
	const show: 'all' | 'mine' = url.searchParams.get('queue') === 'mine' ? 'mine' : 'all';
	const queue = await listQueue(locals.db, { staffId: locals.staff.id, show });
	return { queue, show, at: now() };
};
