import { type Kysely, sql } from 'kysely';

/**
 * The days on which the bank's reviewers do and do not work, beside Monday to Friday: public holidays, and the weekend days that
 * are worked for them. Mainland China's of 2026, as the State Council announced them; a later year is added when it is announced.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	const calendar = {
		holidays: [
			['2026-01-01', '2026-01-03'],
			['2026-02-15', '2026-02-23'],
			['2026-04-04', '2026-04-06'],
			['2026-05-01', '2026-05-05'],
			['2026-06-19', '2026-06-21'],
			['2026-09-25', '2026-09-27'],
			['2026-10-01', '2026-10-07'],
		],
		workingDays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
	};
	await sql`insert into setting (key, value) values ('work_calendar', ${JSON.stringify(calendar)}::jsonb)`.execute(db);
}
