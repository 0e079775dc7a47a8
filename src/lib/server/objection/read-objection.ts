import { type Day, dayIn } from '#lib/domain/day.ts';
import { objectionUntil, refusesObjection } from '#lib/domain/review/objection.ts';
import type { Status } from '#lib/domain/application/status.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findObjectionRow, type ObjectionRow } from '#lib/server/objection/objection.repository.ts';
import { readObjectionRules } from '#lib/server/objection/objection-rules.ts';

export type ReadObjection = ObjectionRow;

/** The objection that was made to an application's decision; undefined where there is none. */
export async function findObjection(db: DbOrTrx, applicationId: string): Promise<ReadObjection | undefined> {
	return findObjectionRow(db, applicationId);
}

/** Until when, and how, the decision of an owner's current application can be objected to. */
export interface OpenToObjection {
	readonly lastDay: Day;
	readonly answerWorkingDays: number;
}

/** Undefined where nothing can be objected to, or not any more. */
export async function findOpenToObjection(
	db: DbOrTrx,
	{
		application: { status, decidedAt, objection },
		today,
		timeZone,
	}: {
		application: { status: Status; decidedAt: Date | null; objection: ReadObjection | undefined };
		today: Day;
		timeZone: string;
	},
): Promise<OpenToObjection | undefined> {
	const rules = await readObjectionRules(db);
	const decidedOn = decidedAt && dayIn(decidedAt, timeZone);
	const asked = { status, decidedOn, hasObjected: objection !== undefined, isFollowed: false };
	if (decidedOn === null || refusesObjection(asked, { today, rules })) return undefined;
	return { lastDay: objectionUntil(decidedOn, rules), answerWorkingDays: rules.answerWorkingDays };
}
