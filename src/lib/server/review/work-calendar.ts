import * as v from 'valibot';
import type { WorkCalendar } from '#lib/domain/application/working-days.ts';
import { isDay } from '#lib/domain/day.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findWorkCalendarSetting } from '#lib/server/review/review.repository.ts';

const day = v.pipe(v.string(), v.check(isDay));
const schema = v.object({ holidays: v.array(v.tuple([day, day])), workingDays: v.array(day) });

/** On which days the bank's reviewers work; the setting `work_calendar`. Throws where it is missing or makes no sense. */
export async function readWorkCalendar(db: DbOrTrx): Promise<WorkCalendar> {
	return v.parse(schema, await findWorkCalendarSetting(db));
}
