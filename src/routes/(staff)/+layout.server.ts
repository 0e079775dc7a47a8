import { error } from '@sveltejs/kit';
import { mayEnter } from '#lib/domain/access/permission.ts';
import { env } from '#lib/server/env.ts';
import type { LayoutServerLoad } from './$types';

const AREAS = ['desk', 'overview', 'support', 'admin'] as const;

/** What the staff's frame shows: who is signed in, and the areas that their role opens. */
export const load: LayoutServerLoad = ({ locals }) => {
	if (!locals.staff) error(403);
	const { name, role } = locals.staff;
	return { staff: { name, role }, areas: AREAS.filter((area) => mayEnter(role, area)), timeZone: env().bankTimeZone };
};
