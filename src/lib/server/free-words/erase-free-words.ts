import { type WordCourse, type WordDays, type WordKind, wordsKeptTo } from '#lib/domain/application/free-words.ts';
import { endingOf, isOver } from '#lib/domain/application/retention.ts';
import { type Day, dayIn } from '#lib/domain/day.ts';
import { objectionUntil, type ObjectionRules } from '#lib/domain/review/objection.ts';
import { appendAudits } from '#lib/server/audit/append-audit.ts';
import { now, today as businessDay } from '#lib/server/clock.ts';
import type { Db, DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { readWordDays } from '#lib/server/free-words/words-rules.ts';
import {
	eraseWords,
	findWorded,
	listWorded,
	lockWorded,
	type WordedRow,
} from '#lib/server/free-words/words.repository.ts';
import { readObjectionRules } from '#lib/server/objection/objection-rules.ts';

const AT_ONCE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** The rules by which words are over, and the day on which one looks. */
interface Rules {
	readonly days: WordDays;
	readonly objection: ObjectionRules;
	readonly today: Day;
}

/** Words of one kind on one application that are kept past their last day. */
export interface OverdueWords {
	readonly kind: WordKind;
	readonly reference: string;
	readonly lastDay: Day;
}

/**
 * Erases the free words whose time is over, an application at a time in a transaction of its own, with its line of the audit log for
 * each kind: broken off anywhere, an application has all of it or nothing, and the next run goes on. Run by several at once, each is
 * erased once. Returns of how many applications something went.
 */
export async function eraseFreeWords(db: Db, { today = businessDay() }: { today?: Day } = {}): Promise<number> {
	const rules = await readRules(db, today);
	let count = 0;
	for await (const { applicationId } of overApplications(db, rules)) {
		const erased = await db.transaction().execute((trx) => eraseOf(trx, applicationId, rules));
		if (erased) count += 1;
	}
	return count;
}

/** All words that are kept past their last day as of a day; for those who check that it is done. */
export async function* listOverdueWords(db: Db, today: Day): AsyncGenerator<OverdueWords> {
	const rules = await readRules(db, today);
	for await (const row of overApplications(db, rules)) {
		for (const { kind, lastDay } of overKinds(row, rules)) yield { kind, reference: row.reference, lastDay };
	}
}

async function readRules(db: DbOrTrx, today: Day): Promise<Rules> {
	return { days: await readWordDays(db), objection: await readObjectionRules(db), today };
}

/** The applications of which some words are over, batch by batch. */
async function* overApplications(db: Db, rules: Rules): AsyncGenerator<WordedRow> {
	let after = FIRST;
	for (;;) {
		const batch = await listWorded(db, { after, most: AT_ONCE });
		for (const row of batch) if (overKinds(row, rules).length > 0) yield row;
		const last = batch.at(-1);
		if (last === undefined || batch.length < AT_ONCE) return;
		after = last.applicationId;
	}
}

function overKinds(row: WordedRow, { days, objection, today }: Rules): { kind: WordKind; lastDay: Day }[] {
	const course = courseOf(row, objection);
	return row.kinds.flatMap((kind) => {
		const lastDay = wordsKeptTo(kind, course, days);
		return lastDay !== null && isOver(lastDay, today) ? [{ kind, lastDay }] : [];
	});
}

/** What became of an application, in days of the bank's zone. */
function courseOf(row: WordedRow, objection: ObjectionRules): WordCourse {
	const day = (at: Date | null) => at && dayIn(at, env().bankTimeZone);
	const endedOn = day(row.endedAt);
	const canObject = row.status === 'declined' && !row.hasObjected && endedOn !== null;
	return {
		status: row.status,
		wasSubmitted: row.submittedAt !== null,
		endedOn,
		agreement: row.hasAgreement ? { endedOn: day(row.agreementEndedAt) } : null,
		objectionTo: canObject ? objectionUntil(endedOn, objection) : null,
		isObjectionOpen: row.isObjectionOpen,
		isHeld: row.isHeld,
		heldTo: day(row.heldTo),
	};
}

async function eraseOf(trx: Trx, applicationId: string, rules: Rules): Promise<boolean> {
	await lockWorded(trx, applicationId);
	// Looked at again under the lock: somebody may have been quicker, or a hold may have come.
	const row = await findWorded(trx, applicationId);
	const ending = row && endingOf(courseOf(row, rules.objection));
	if (!ending) return false;
	const kinds = overKinds(row, rules).map(({ kind }) => kind);
	const at = now();
	const { outcome, on: endedOn } = ending;
	const erasures = kinds.map((kind) => ({ kind, keptDays: rules.days[kind][outcome] }));
	for (const erasure of erasures) await eraseWords(trx, { ...erasure, applicationId, at, ending });
	await appendAudits(
		trx,
		erasures.map((erasure) => ({
			actor: { kind: 'system', id: null },
			action: 'application.words_erased',
			subjectKind: 'application',
			subjectId: applicationId,
			cardholderId: row.cardholderId,
			detail: { ...erasure, outcome, endedOn },
		})),
	);
	return erasures.length > 0;
}
