import type { Paper } from '#lib/domain/agreement/paper.ts';
import type { Day } from '#lib/domain/day.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** A letter about the end of a plan, as it is kept. */
export type LetterKind = 'completion_letter' | 'lapse_notice';

/** The letter with exactly this content. */
export async function selectLetter(
	db: DbOrTrx,
	of: { agreementId: string; kind: LetterKind; contentHash: Buffer },
): Promise<Buffer | undefined> {
	const row = await db
		.selectFrom('agreement_document')
		.select('pdf')
		.where('agreement_id', '=', of.agreementId)
		.where('kind', '=', of.kind)
		.where('content_hash', '=', of.contentHash)
		.executeTakeFirst();
	return row?.pdf;
}

/** Keeps a letter once: of two drawings of one content at the same moment the first is the one. */
export async function insertLetter(
	db: DbOrTrx,
	letter: {
		agreementId: string;
		kind: LetterKind;
		paper: Paper;
		drawnOn: Day;
		contentHash: Buffer;
		pdf: Buffer;
		pdfSha256: Buffer;
	},
): Promise<void> {
	await db
		.insertInto('agreement_document')
		.values({
			agreement_id: letter.agreementId,
			kind: letter.kind,
			locale: letter.paper.locale,
			drawn_on: letter.drawnOn,
			content: JSON.stringify(letter.paper),
			content_hash: letter.contentHash,
			pdf: letter.pdf,
			pdf_sha256: letter.pdfSha256,
		})
		.onConflict((conflict) => conflict.columns(['agreement_id', 'kind', 'content_hash']).doNothing())
		.execute();
}
