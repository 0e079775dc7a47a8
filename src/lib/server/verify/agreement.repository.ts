import { sql } from 'kysely';
import type { QuoteTerms } from '#lib/domain/plan/quote-terms.ts';
import type { Db } from '#lib/server/db/connect.ts';
import type { Sealed } from '#lib/server/agreement/agreement-seal.ts';

/** A kept document with what its hash stands for. */
export interface HashedDocument {
	readonly id: string;
	readonly reference: string;
	readonly content: object;
	readonly contentHash: Buffer;
}

/** A signature with everything that its seal stands for, and the terms that its instalments come from. */
export interface SignedAgreement extends Sealed {
	readonly seal: Buffer;
	readonly terms: QuoteTerms;
}

const FIRST = '00000000-0000-0000-0000-000000000000';

/** The documents in the order of ids; so many after one. */
export async function listDocumentsAfter(db: Db, after = FIRST, limit = 100): Promise<HashedDocument[]> {
	return db
		.selectFrom('agreement_document as d')
		.innerJoin('agreement as g', 'g.id', 'd.agreement_id')
		.select(['d.id', 'g.reference', 'd.content', 'd.content_hash as contentHash'])
		.where('d.id', '>', after)
		.orderBy('d.id')
		.limit(limit)
		.execute();
}

/** The signed agreements in the order of ids; so many after one. */
export async function listSignedAfter(db: Db, after = FIRST, limit = 100): Promise<SignedAgreement[]> {
	return db
		.selectFrom('agreement_signature as s')
		.innerJoin('agreement as g', 'g.id', 's.agreement_id')
		.innerJoin('agreement_document as d', 'd.id', 's.document_id')
		.innerJoin('quote as q', 'q.id', 'g.quote_id')
		.select([
			's.agreement_id as agreementId',
			'g.reference',
			'g.application_id as applicationId',
			'g.account_id as accountId',
			'g.cardholder_id as cardholderId',
			'g.quote_id as quoteId',
			'q.terms_hash as termsHash',
			's.document_id as documentId',
			'd.locale',
			'd.content_hash as contentHash',
			'd.pdf_sha256 as pdfSha256',
			's.confirmation_id as confirmationId',
			's.consents',
			's.ip',
			's.signed_at as signedAt',
			's.seal',
			sql<QuoteTerms>`q.terms`.as('terms'),
			sql<SignedAgreement['instalments']>`(
				select coalesce(jsonb_agg(jsonb_build_object('number', i.number, 'dueDate', i.due_on, 'principal', i.principal,
					'interest', i.interest, 'accrued', i.accrued, 'total', i.total) order by i.number), '[]')
				from agreement_instalment i where i.agreement_id = s.agreement_id)`.as('instalments'),
		])
		.where('s.agreement_id', '>', after)
		.orderBy('s.agreement_id')
		.limit(limit)
		.execute();
}
