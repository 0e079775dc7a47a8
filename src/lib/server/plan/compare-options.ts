import type { Course } from '#lib/domain/account/projection.ts';
import { projectOn } from '#lib/domain/account/projection-on.ts';
import { type CoursesAhead, daysToCompare } from '#lib/domain/plan/against-courses.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { listOptions, type OptionsRequest, type PlanOptions } from '#lib/server/plan/list-options.ts';

/** The options with what doing nothing and paying the minimum come to, up to the last day that any of them can have. */
export interface ComparedOptions extends PlanOptions {
	readonly courses: CoursesAhead;
}

/**
 * The options beside the two ways without a plan. Each way is followed once, to the longest end, so that every number of
 * instalments that the page can show finds its own last day in it.
 */
export async function compareOptions(
	db: DbOrTrx,
	request: OptionsRequest,
): Promise<({ ok: true } & ComparedOptions) | { ok: false; refusal: 'not_found' | 'being_checked' }> {
	const listed = await listOptions(db, request);
	if (!listed.ok) return listed;
	const { state, account, options } = listed;
	const months = options.map(
		({ product }) => Math.max(...product.instalments) + Math.max(0, ...product.deferralMonths),
	);
	const days = daysToCompare(account.asOf, account.firstDueDate, Math.max(0, ...months));
	const follow = (course: Course) => projectOn(state.history, state.timeline, account.asOf, course, days);
	return { ...listed, courses: { nothing: follow('nothing'), minimum: follow('minimum') } };
}
