import type { WordKind } from '#lib/domain/application/free-words.ts';
import type { Outcome } from '#lib/domain/application/retention.ts';
import { isOpen, type Status } from '#lib/domain/application/status.ts';
import { type Day, dayIn } from '#lib/domain/day.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { type ErasureRow, listOwnErasures, selectErasures } from '#lib/server/free-words/words.repository.ts';

/** When words were erased, and the rule: kept for so many days after it ended so. */
export interface WordsErasure {
	readonly erasedOn: Day;
	readonly outcome: Outcome;
	readonly keptDays: number;
}

/** What of an application's free words is erased, by kind. */
export type ErasedWords = Readonly<Partial<Record<WordKind, WordsErasure>>>;

/** The kinds that a cardholder has ever seen: notes of staff are none of them. */
export type OwnWordKind = Exclude<WordKind, 'note'>;

/** What of an application's words is erased. Whose application it is, the caller has asked before. */
export async function findErasedWords(
	db: DbOrTrx,
	{ id, status }: { readonly id: string; readonly status: Status },
): Promise<ErasedWords> {
	// As long as it lives nothing of it is.
	if (isOpen(status)) return {};
	return Object.fromEntries((await selectErasures(db, id)).map((row) => [row.kind, erasureOf(row)]));
}

/** Words of one application that are erased, for the person who sent it. */
export interface OwnErasure extends WordsErasure {
	readonly applicationId: string;
	readonly kind: OwnWordKind;
	readonly reference: string;
	readonly status: Status;
	readonly submittedAt: Date | null;
}

/** What was erased of all that somebody wrote and was written, the newest application first. */
export async function listErasedWordsOf(db: DbOrTrx, cardholderId: string): Promise<OwnErasure[]> {
	const rows = await listOwnErasures(db, cardholderId);
	return rows.flatMap(({ kind, applicationId, reference, status, submittedAt, ...row }) =>
		kind === 'note' ? [] : [{ kind, applicationId, reference, status, submittedAt, ...erasureOf(row) }],
	);
}

function erasureOf({
	erasedAt,
	outcome,
	keptDays,
}: Pick<ErasureRow, 'erasedAt' | 'outcome' | 'keptDays'>): WordsErasure {
	return { erasedOn: dayIn(erasedAt, env().bankTimeZone), outcome, keptDays };
}
