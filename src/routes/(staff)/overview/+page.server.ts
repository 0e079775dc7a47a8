import { error } from '@sveltejs/kit';
import { PRESETS, presetRange } from '#lib/domain/overview/day-range.ts';
import { now, today } from '#lib/server/clock.ts';
import { readFigures } from '#lib/server/overview/read-figures.ts';
import { readOverview } from '#lib/server/review/read-overview.ts';
import { rangeOf } from './figure-file.ts';
import type { PageServerLoad } from './$types';

export const csr = false;

/** Where a range was typed wrong, it is told beside its field, and the usual one is shown. */
export const load: PageServerLoad = async ({ locals, url }) => {
	if (!locals.staff) error(403);
	const day = today();
	const { typed, read } = rangeOf(url, day);
	const range = read.ok ? read.range : presetRange(PRESETS[0], day);
	return {
		at: now(),
		today: day,
		range,
		typed: read.ok ? range : typed,
		problems: read.ok ? {} : read.problems,
		figures: await readFigures(locals.db, range),
		cases: await readOverview(locals.db, { staffId: locals.staff.id }),
	};
};
