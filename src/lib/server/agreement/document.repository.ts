import { sql } from 'kysely';
import type { AgreedInstalment } from '#lib/domain/agreement/agreement-facts.ts';
import type { Paper } from '#lib/domain/agreement/paper.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Owner } from '#lib/server/agreement/agreement.repository.ts';
import { calendarToken, calendarTokenHash } from '#lib/server/crypto/calendar-token.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** A document of an agreement as it is kept; it never changes. */
export interface StoredDocument {
	readonly id: string;
	readonly locale: string;
	readonly paper: Paper;
	readonly contentHash: Buffer;
	readonly pdfSha256: Buffer;
}

/** Who and what an agreement names beside its terms. */
export interface NamedInAgreement {
	readonly cardholderName: string;
	readonly cardLast4: string;
	readonly applicationReference: string;
}

export async function selectNamedInAgreement(
	db: DbOrTrx,
	{ applicationId, owner }: { applicationId: string; owner: Owner },
): Promise<NamedInAgreement | undefined> {
	return db
		.selectFrom('application as p')
		.innerJoin('account as a', 'a.id', 'p.account_id')
		.innerJoin('cardholder as c', 'c.id', 'p.cardholder_id')
		.select(['c.name as cardholderName', 'a.card_last4 as cardLast4', 'p.reference as applicationReference'])
		.where('p.id', '=', applicationId)
		.where('p.cardholder_id', '=', owner.cardholderId)
		.where('p.account_id', '=', owner.accountId)
		.executeTakeFirst();
}

export async function findAgreementTermsSetting(db: DbOrTrx): Promise<unknown> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'agreement_terms').executeTakeFirst();
	return row?.value;
}

/** The agreement's document with exactly this content. */
export async function selectDocumentByHash(
	db: DbOrTrx,
	{ agreementId, contentHash }: { agreementId: string; contentHash: Buffer },
): Promise<StoredDocument | undefined> {
	return documents(db)
		.where('agreement_id', '=', agreementId)
		.where('content_hash', '=', contentHash)
		.executeTakeFirst();
}

/** Keeps a document once: of two drawings of one content at the same moment the first is the one. */
export async function insertDocument(
	db: DbOrTrx,
	document: {
		agreementId: string;
		drawnOn: Day;
		paper: Paper;
		contentHash: Buffer;
		pdf: Buffer;
		pdfSha256: Buffer;
	},
): Promise<void> {
	await db
		.insertInto('agreement_document')
		.values({
			agreement_id: document.agreementId,
			kind: 'agreement',
			locale: document.paper.locale,
			drawn_on: document.drawnOn,
			content: JSON.stringify(document.paper),
			content_hash: document.contentHash,
			pdf: document.pdf,
			pdf_sha256: document.pdfSha256,
		})
		.onConflict((conflict) => conflict.columns(['agreement_id', 'kind', 'content_hash']).doNothing())
		.execute();
}

/** The bytes of one of the owner's documents; another's are not found. */
export async function selectOwnPdf(
	db: DbOrTrx,
	{ owner, documentId }: { owner: Owner; documentId: string },
): Promise<{ pdf: Buffer; reference: string; locale: string } | undefined> {
	return db
		.selectFrom('agreement_document as d')
		.innerJoin('agreement as g', 'g.id', 'd.agreement_id')
		.select(['d.pdf', 'g.reference', 'd.locale'])
		.where('d.id', '=', documentId)
		.where('d.kind', '=', 'agreement')
		.where('g.cardholder_id', '=', owner.cardholderId)
		.where('g.account_id', '=', owner.accountId)
		.executeTakeFirst();
}

/** The document that was signed, and when. */
export async function selectSigned(
	db: DbOrTrx,
	agreementId: string,
): Promise<(StoredDocument & { signedAt: Date }) | undefined> {
	return documents(db)
		.innerJoin('agreement_signature as s', 's.document_id', 'agreement_document.id')
		.select('s.signed_at as signedAt')
		.where('s.agreement_id', '=', agreementId)
		.executeTakeFirst();
}

/** An address as the database writes it, so that it is the same when it is read again. */
export async function plainAddress(trx: Trx, ip: string): Promise<string> {
	const { rows } = await sql<{ ip: string }>`select host(${ip}::inet) as ip`.execute(trx);
	return rows[0]?.ip ?? ip;
}

export async function insertSignature(
	trx: Trx,
	signature: {
		agreementId: string;
		documentId: string;
		confirmationId: string;
		consents: object;
		ip: string;
		signedAt: Date;
		seal: Buffer;
	},
): Promise<void> {
	await trx
		.insertInto('agreement_signature')
		.values({
			agreement_id: signature.agreementId,
			document_id: signature.documentId,
			confirmation_id: signature.confirmationId,
			consents: JSON.stringify(signature.consents),
			ip: signature.ip,
			signed_at: signature.signedAt,
			seal: signature.seal,
		})
		.execute();
}

export async function insertInstalments(
	trx: Trx,
	agreementId: string,
	rows: readonly AgreedInstalment[],
): Promise<void> {
	await trx
		.insertInto('agreement_instalment')
		.values(
			rows.map(({ number, dueDate, principal, interest, accrued, total }) => ({
				agreement_id: agreementId,
				number,
				due_on: dueDate,
				principal,
				interest,
				accrued,
				total,
			})),
		)
		.execute();
}

/** Gives an agreement the seed of its calendar's address; the address is found by the hash alone, and an old one dies with it. */
export async function updateCalendarSeed(trx: Trx, agreementId: string, seed: Buffer): Promise<void> {
	await trx
		.updateTable('agreement')
		.set({ calendar_seed: seed, calendar_token_hash: calendarTokenHash(calendarToken(seed)) })
		.where('id', '=', agreementId)
		.execute();
}

function documents(db: DbOrTrx) {
	return db
		.selectFrom('agreement_document')
		.select([
			'agreement_document.id',
			'agreement_document.locale',
			sql<Paper>`agreement_document.content`.as('paper'),
			'agreement_document.content_hash as contentHash',
			'agreement_document.pdf_sha256 as pdfSha256',
		])
		.where('agreement_document.kind', '=', 'agreement');
}
