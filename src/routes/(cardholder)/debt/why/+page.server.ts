import { redirect } from '@sveltejs/kit';
import { today } from '#lib/server/clock.ts';
import { readWhy } from '#lib/server/debt/read-why.ts';
import { ownerOf } from '../../owner.ts';
import type { PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, url }) => {
	const asked = (name: string) => url.searchParams.get(name) ?? undefined;
	const read = await readWhy(locals.db, {
		owner: await ownerOf(locals),
		today: today(),
		until: asked('until'),
		month: asked('month'),
		earlier: url.searchParams.has('earlier'),
	});
	if (!read.ok && read.refusal === 'not_found') redirect(303, '/debt');
	if (!read.ok) return { view: 'checked' as const, cardLast4: read.cardLast4 };
	return { view: 'why' as const, why: read.why, month: asked('month'), earlier: url.searchParams.has('earlier') };
};
