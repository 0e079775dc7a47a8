import type { CoursePoint } from '#lib/domain/account/projection-on.ts';
import { addMonths, type Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { PlanFigures } from '#lib/domain/plan/plan-figures.ts';

/** The two ways ahead without a plan, on the same days: today, then every day on which a plan can fall due. */
export interface CoursesAhead {
	readonly nothing: readonly CoursePoint[];
	readonly minimum: readonly CoursePoint[];
}

/** What a plan costs against a course that goes on to the plan's last day. */
export interface Against {
	/** Interest and fees of the course less those of the plan; below nought where the plan costs more. */
	readonly saved: Minor;
	/** What would still be owed that day. */
	readonly stillOwed: Minor;
}

/** A plan against both courses, at its own end (domain.md, "Looking ahead"). */
export interface AgainstCourses {
	readonly until: Day;
	readonly nothing: Against;
	readonly minimum: Against;
	/** Where the plan ends later than that: the interest and fees of a year of doing nothing. */
	readonly yearOfNothing: Minor | undefined;
}

/**
 * So far ahead doing nothing is put into figures. The rules would go on, and their sums with them, but no bank lets it run for
 * years: what they come to then is no forecast, and frightens.
 */
const NOTHING_FOR_MONTHS = 12;

/** Today and every due date that plans with this first due date can have, the latest after so many months. */
export function daysToCompare(today: Day, firstDueDate: Day, months: number): Day[] {
	return [today, ...Array.from({ length: months }, (_, index) => addMonths(firstDueDate, index))];
}

/** Undefined where the courses were not followed to the plan's end. */
export function againstCourses(plan: PlanFigures, { nothing, minimum }: CoursesAhead): AgainstCourses | undefined {
	const until = plan.rows.at(-1)?.dueDate;
	const cost = plan.totalPayable - plan.totalOutstanding;
	const compare = (course: readonly CoursePoint[]): Against | undefined => {
		const now = course[0];
		const then = course.find(({ on }) => on === until);
		if (!now || !then) return undefined;
		return { saved: then.total + then.paid - now.total - now.paid - cost, stillOwed: then.total };
	};
	const [first, second] = [compare(nothing), compare(minimum)];
	if (until === undefined || !first || !second) return undefined;
	return { until, nothing: first, minimum: second, yearOfNothing: yearOf(nothing, until) };
}

/** What the course has added on the last day compared within the year; undefined where the plan has ended by then. */
function yearOf(course: readonly CoursePoint[], until: Day): Minor | undefined {
	const now = course[0];
	if (!now) return undefined;
	const yearOn = addMonths(now.on, NOTHING_FOR_MONTHS);
	if (until <= yearOn) return undefined;
	const then = course.findLast(({ on }) => on <= yearOn);
	return then && then.total + then.paid - now.total - now.paid;
}
