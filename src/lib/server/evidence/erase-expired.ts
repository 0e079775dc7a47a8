import {
	fewestDays,
	isOver,
	keptTo,
	type Outcome,
	OUTCOMES,
	purposeOf,
	type RetentionDays,
} from '#lib/domain/application/retention.ts';
import { addDays, type Day } from '#lib/domain/day.ts';
import { now, today as businessDay } from '#lib/server/clock.ts';
import type { Db, DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import { endingOfRow } from '#lib/server/evidence/course.ts';
import { erasePages } from '#lib/server/evidence/erase-pages.ts';
import { deleteKeysOfErased } from '#lib/server/evidence/evidence-key.repository.ts';
import { selectEvidence } from '#lib/server/evidence/evidence.repository.ts';
import { readRetentionDays } from '#lib/server/evidence/retention-rules.ts';
import { type CourseRow, findCourse, listHolding, lockCourse } from '#lib/server/evidence/retention.repository.ts';
import { type EvidenceStorage, evidenceStorage } from '#lib/server/evidence/storage.ts';

const AT_ONCE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Erases every page whose time is over with what an agent wrote on it; an application at a time in a transaction of its own, and then
 * the keys of the applications of which nothing is kept any more. Again is harmless; where it was broken off, it goes on the next
 * time, and bytes that were left are taken by the sweep. Returns how many pages went.
 */
export async function eraseExpired(
	db: Db,
	{ storage = evidenceStorage(), today = businessDay() }: { storage?: EvidenceStorage; today?: Day } = {},
): Promise<number> {
	const days = await readRetentionDays(db);
	let count = 0;
	for await (const applicationId of endedApplications(db, { days, today })) {
		const { erased, storageKeys } = await db
			.transaction()
			.execute((trx) => eraseOf(trx, applicationId, { days, today }));
		for (const key of storageKeys) await storage.remove(key);
		count += erased;
	}
	await deleteKeysOfErased(db);
	return count;
}

/** A page that is kept past its last day as of a day. */
export interface Overdue {
	readonly id: string;
	readonly lastDay: Day;
}

/** Every page that is kept past its last day as of a day; for those who check that it is done. */
export async function* listOverdue(db: Db, today: Day): AsyncGenerator<Overdue> {
	const days = await readRetentionDays(db);
	for await (const applicationId of endedApplications(db, { days, today })) {
		yield* await listOver(db, await findCourse(db, applicationId), { days, today });
	}
}

interface Rules {
	readonly days: RetentionDays;
	readonly today: Day;
}

/** The applications that could hold something whose time is over, batch by batch. */
async function* endedApplications(db: Db, { days, today }: Rules): AsyncGenerator<string> {
	// Wide enough for the clocks of every zone; the domain decides by the day.
	const cutoff = (outcome: Outcome) => new Date(`${addDays(today, 1 - fewestDays(outcome, days))}T00:00:00Z`);
	const before = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, cutoff(outcome)])) as Record<Outcome, Date>;
	let after = FIRST;
	for (;;) {
		const batch = await listHolding(db, { after, before, most: AT_ONCE });
		for (const { id, isEnded } of batch) if (isEnded) yield id;
		const last = batch.at(-1);
		if (last === undefined || batch.length < AT_ONCE) return;
		after = last.id;
	}
}

async function listOver(db: DbOrTrx, course: CourseRow | undefined, { days, today }: Rules): Promise<Overdue[]> {
	const ending = course && endingOfRow(course);
	if (!ending) return [];
	return (await selectEvidence(db, course.applicationId)).flatMap(({ id, kind }) => {
		const lastDay = keptTo(purposeOf(kind), ending, days);
		return lastDay !== null && isOver(lastDay, today) ? [{ id, lastDay }] : [];
	});
}

async function eraseOf(
	trx: Trx,
	applicationId: string,
	rules: Rules,
): Promise<{ erased: number; storageKeys: string[] }> {
	const course = await lockCourse(trx, applicationId);
	const over = await listOver(trx, course, rules);
	if (!course) return { erased: 0, storageKeys: [] };
	const { cardholderId } = course;
	const own = { applicationId, cardholderId, at: now(), actor: { kind: 'system', id: null } as const };
	const removal = endingOfRow(course)?.outcome === 'expired_draft' ? 'draft_expired' : 'retention';
	return erasePages(trx, { ...own, evidenceIds: over.map(({ id }) => id), removal });
}
