import { type Course, type Ending, endingOf } from '#lib/domain/application/retention.ts';
import { dayIn } from '#lib/domain/day.ts';
import { env } from '#lib/server/env.ts';
import type { CourseRow } from '#lib/server/evidence/retention.repository.ts';

/** The course of an application in days of the bank's zone. */
export function courseOf(row: CourseRow): Course {
	const day = (at: Date | null) => at && dayIn(at, env().bankTimeZone);
	return {
		status: row.status,
		wasSubmitted: row.submittedAt !== null,
		endedOn: day(row.decidedAt ?? row.withdrawnAt),
		agreement: row.agreementId === null ? null : { endedOn: day(row.agreementEndedAt) },
	};
}

/** When an application was over; null while it or its agreement lives. */
export function endingOfRow(row: CourseRow): Ending | null {
	return endingOf(courseOf(row));
}
