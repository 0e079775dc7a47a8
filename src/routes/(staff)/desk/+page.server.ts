import { error, redirect } from '@sveltejs/kit';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { listSecondLooks } from '#lib/server/second-review/read-second-case.ts';
import type { Actions, PageServerLoad } from './$types';

const DONE = [
	'approved',
	'declined',
	'counter_offered',
	'proposed',
	'more_requested',
	'referred',
	'held',
	'put_back',
	'returned',
	'assigned',
	'unassigned',
	'second',
] as const;

/** What a deed on a case came to, told once on the way back. */
export const load: PageServerLoad = async ({ locals, url }) => ({
	secondLooks: locals.staff ? await listSecondLooks(locals.db, locals.staff.id) : [],
	done: DONE.find((done) => done === url.searchParams.get('done')) ?? null,
	reference: /^A-\d+$/.exec(url.searchParams.get('case') ?? '')?.[0] ?? null,
	nothing: url.searchParams.has('nothing'),
});

export const actions: Actions = {
	take: async ({ locals }) => {
		if (!locals.staff) error(403);
		const claim = await claimNext(locals.db, { staffId: locals.staff.id });
		redirect(303, claim ? `/desk/${claim.applicationId}` : '/desk?nothing');
	},
};
