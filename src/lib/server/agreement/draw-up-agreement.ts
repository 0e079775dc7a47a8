import type { AgreementFacts } from '#lib/domain/agreement/agreement-facts.ts';
import type { Paper } from '#lib/domain/agreement/paper.ts';
import type { Day } from '#lib/domain/day.ts';
import { canonicalText, type Json } from '#lib/domain/plan/canonical-text.ts';
import { agreementPaper } from '#lib/messages/agreement-paper.ts';
import { gatherFacts } from '#lib/server/agreement/agreement-facts.ts';
import type { Agreement, Owner } from '#lib/server/agreement/agreement.repository.ts';
import {
	insertDocument,
	selectDocumentByHash,
	type StoredDocument,
} from '#lib/server/agreement/document.repository.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { drawPaper } from '#lib/server/paper/draw-paper.ts';

export type { StoredDocument } from '#lib/server/agreement/document.repository.ts';

/** Today's document of an agreement in the reader's language; `binding` is the version that prevails, which may be the same. */
export interface DrawnUp {
	readonly facts: AgreementFacts;
	readonly document: StoredDocument;
	readonly binding: StoredDocument;
}

/**
 * Draws an offered agreement up as of today, and keeps each version once with its PDF: the same content again is the same
 * document. Where the reader's language is not the binding one, the binding version is drawn up too, and the reader's names
 * its hash: who signs the one has signed the other.
 */
export async function drawUpAgreement(
	db: DbOrTrx,
	{ agreement, owner, locale, today }: { agreement: Agreement; owner: Owner; locale: string; today: Day },
): Promise<({ readonly ok: true } & DrawnUp) | { readonly ok: false; readonly refusal: 'being_checked' }> {
	const gathered = await gatherFacts(db, { agreement, owner, today });
	if (!gathered.ok) return gathered;
	const { facts } = gathered;
	const keep = (paper: Paper) => keepDocument(db, { agreementId: agreement.id, paper, today });
	const binding = await keep(agreementPaper(facts, facts.bindingLocale));
	const document =
		locale === facts.bindingLocale
			? binding
			: await keep(agreementPaper(facts, locale, binding.contentHash.toString('hex')));
	return { ok: true, facts, document, binding };
}

async function keepDocument(
	db: DbOrTrx,
	{ agreementId, paper, today }: { agreementId: string; paper: Paper; today: Day },
): Promise<StoredDocument> {
	const contentHash = paperHash(paper);
	const kept = await selectDocumentByHash(db, { agreementId, contentHash });
	if (kept) return kept;
	const pdf = await drawPaper(paper);
	await insertDocument(db, { agreementId, drawnOn: today, paper, contentHash, pdf, pdfSha256: sha256(pdf) });
	const inserted = await selectDocumentByHash(db, { agreementId, contentHash });
	if (!inserted) throw new Error('a document that was kept is not there');
	return inserted;
}

/** The hash that stands for a paper, word for word. */
export function paperHash(paper: Paper): Buffer {
	return sha256(canonicalText(paper as unknown as Json));
}
