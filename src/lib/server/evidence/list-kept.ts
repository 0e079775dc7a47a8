import { keptUntil } from '#lib/domain/application/draft-keeping.ts';
import { type EvidenceKind, sensitivityOf } from '#lib/domain/application/evidence.ts';
import { type KeptUntil, keptUntilOf, type Purpose, purposeOf, PURPOSES } from '#lib/domain/application/retention.ts';
import type { Status } from '#lib/domain/application/status.ts';
import { type Day, dayIn } from '#lib/domain/day.ts';
import { readDraftRules } from '#lib/server/application/draft-rules.ts';
import type { Db } from '#lib/server/db/connect.ts';
import type { EvidenceRemoval } from '#lib/server/db/tables/application.ts';
import { env } from '#lib/server/env.ts';
import { courseOf } from '#lib/server/evidence/course.ts';
import { readRetentionDays } from '#lib/server/evidence/retention-rules.ts';
import { listErasedWordsOf, type OwnErasure } from '#lib/server/free-words/read-erasures.ts';
import { listOwnLooks, listPagesOf, type OwnPageRow } from '#lib/server/evidence/retention.repository.ts';

/** Pages of one kind that share a day. */
interface Pages {
	readonly kind: EvidenceKind;
	readonly count: number;
	readonly on: Day;
}

/** What is kept for one purpose, and until when; `on` is the day a page was received. */
export interface KeptFor {
	readonly purpose: Purpose;
	readonly until: KeptUntil;
	readonly pages: readonly Pages[];
}

/** Pages that are gone, with why; `on` is the day they were erased. */
export type Erased = Pages & { readonly why: EvidenceRemoval };

/** One application's documents, for the person who sent them. */
export interface KeptOfApplication {
	readonly applicationId: string;
	readonly reference: string;
	readonly status: Status;
	readonly submittedOn: Day | null;
	readonly kept: readonly KeptFor[];
	readonly erased: readonly Erased[];
	/** What was written and is erased. */
	readonly words: readonly OwnErasure[];
	/** On which days reviewers looked, and at how many pages; the newest first. Empty for whoever is not the cardholder. */
	readonly looks: readonly { readonly on: Day; readonly count: number }[];
	/** Until when a draft is kept that nobody goes on with. */
	readonly draftTo: Day | null;
	/** Medical and financial pages that are kept under a consent that can be taken back. */
	readonly sensitive: number;
	readonly consentAt: Date | null;
}

/** Everything that is kept of somebody's documents, and what was erased of them and of free words, by application, the newest first. */
export async function listKept(db: Db, cardholderId: string): Promise<KeptOfApplication[]> {
	const days = await readRetentionDays(db);
	const { keptDays } = await readDraftRules(db);
	const looks = await listOwnLooks(db);
	const rows = Map.groupBy(await listPagesOf(db, cardholderId), ({ applicationId }) => applicationId);
	const words = Map.groupBy(await listErasedWordsOf(db, cardholderId), ({ applicationId }) => applicationId);
	const withPages = [...rows.values()].flatMap((pages) => {
		const [first] = pages;
		if (!first) return [];
		const living = pages.filter(({ removedAt }) => removedAt === null);
		const byPurpose = Map.groupBy(living, ({ kind }) => purposeOf(kind));
		const course = courseOf(first);
		return {
			applicationId: first.applicationId,
			reference: first.reference,
			status: first.status,
			submittedOn: first.submittedAt && dayOf(first.submittedAt),
			kept: PURPOSES.flatMap((purpose) => {
				const own = byPurpose.get(purpose);
				const until = keptUntilOf(purpose, course, days);
				return own ? [{ purpose, until, pages: countBy(own, ({ receivedAt }) => receivedAt) }] : [];
			}),
			erased: erasedOf(pages),
			words: words.get(first.applicationId) ?? [],
			looks: looksAt(pages, looks),
			draftTo: first.status === 'draft' ? dayOf(keptUntil(first.updatedAt, keptDays)) : null,
			sensitive: living.filter(({ kind }) => sensitivityOf(kind) !== undefined).reduce(sumPages, 0),
			consentAt: first.consentAt,
		};
	});
	return [
		...withPages,
		...[...words.values()].flatMap((of) => (of[0] && !rows.has(of[0].applicationId) ? wordsAlone(of[0], of) : [])),
	];
}

/** An application with which no page ever came, and of which words are erased. */
function wordsAlone(first: OwnErasure, words: readonly OwnErasure[]): KeptOfApplication {
	const { applicationId, reference, status, submittedAt } = first;
	const about = { applicationId, reference, status, submittedOn: submittedAt && dayOf(submittedAt), words };
	return { ...about, kept: [], erased: [], looks: [], draftTo: null, sensitive: 0, consentAt: null };
}

const dayOf = (at: Date) => dayIn(at, env().bankTimeZone);
const sumPages = (sum: number, { pageCount }: OwnPageRow) => sum + pageCount;

function countBy(rows: readonly OwnPageRow[], instant: (row: OwnPageRow) => Date): Pages[] {
	const groups = Map.groupBy(rows, (row) => `${row.kind} ${dayOf(instant(row))}`);
	return [...groups.values()].flatMap((group) => {
		const [first] = group;
		return first ? [{ kind: first.kind, count: group.reduce(sumPages, 0), on: dayOf(instant(first)) }] : [];
	});
}

function erasedOf(pages: readonly OwnPageRow[]): Erased[] {
	const gone = pages.filter((page) => page.removedAt !== null && page.removal !== null);
	const byWhy = Map.groupBy(gone, ({ removal }) => removal);
	return [...byWhy]
		.flatMap(([why, rows]) =>
			why === null
				? []
				: countBy(rows, ({ removedAt, receivedAt }) => removedAt ?? receivedAt).map((group) => ({ ...group, why })),
		)
		.sort((a, b) => (a.on < b.on ? 1 : -1));
}

function looksAt(
	pages: readonly OwnPageRow[],
	looks: readonly { readonly evidenceId: string; readonly at: Date }[],
): { on: Day; count: number }[] {
	const own = new Set(pages.map(({ id }) => id));
	const byDay = Map.groupBy(
		looks.filter(({ evidenceId }) => own.has(evidenceId)),
		({ at }) => dayOf(at),
	);
	return [...byDay].map(([on, each]) => ({ on, count: new Set(each.map(({ evidenceId }) => evidenceId)).size }));
}
