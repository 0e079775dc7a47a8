import { changesOf, type Version, type VersionChange } from '#lib/domain/review/revision.ts';
import { findApplicationForReview, type WholeApplication } from '#lib/server/application/read-application.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import type { WordsErasure } from '#lib/server/free-words/read-erasures.ts';

/** Of which application another is a changed version, and what differs; documents by how many came since. */
export interface Revision {
	/** 2 for the first that was changed. */
	readonly number: number;
	/** Of the one taken back. */
	readonly reference: string;
	readonly changes: readonly VersionChange[];
	readonly newDocuments: number;
	/** When what was written about the situation before was erased; undefined while it is kept. */
	readonly erased: WordsErasure | undefined;
	/** The names of the products in the changes, by code and locale. */
	readonly names: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Nobody changes an application this often; a chain that goes on is not followed further. */
const MOST_VERSIONS = 50;

/** The version of an application that was taken back for it; undefined where it is a first one. */
export async function findRevision(db: DbOrTrx, application: WholeApplication): Promise<Revision | undefined> {
	const before = await versionBefore(db, application);
	if (!before) return undefined;
	let number = 2;
	for (let at = await versionBefore(db, before); at && number < MOST_VERSIONS; at = await versionBefore(db, at)) {
		number += 1;
	}
	const { withdrawnAt } = before;
	const erased = before.erased.situation;
	return {
		number,
		reference: before.reference,
		// Words that are erased differ from nothing.
		changes: changesOf(
			{ ...versionOf(before), ...(erased && { circumstances: application.circumstances }) },
			versionOf(application),
		),
		erased,
		names: Object.fromEntries(
			[before.quote, application.quote].flatMap((quote) => (quote ? [[quote.plan.productCode, quote.names]] : [])),
		),
		newDocuments: application.evidence.filter(({ receivedAt }) => withdrawnAt !== null && receivedAt > withdrawnAt)
			.length,
	};
}

async function versionBefore(db: DbOrTrx, { revisesId }: WholeApplication): Promise<WholeApplication | undefined> {
	return revisesId === null ? undefined : findApplicationForReview(db, revisesId);
}

function versionOf({ reason, circumstances, budget, quote, wantsOffer }: WholeApplication): Version {
	const plan = quote && {
		productCode: quote.plan.productCode,
		instalments: quote.plan.instalments,
		deferralMonths: quote.plan.deferralMonths,
	};
	return { reason, circumstances, budget: budget.lines, plan: plan ?? null, wantsOffer };
}
