import { createHmac } from 'node:crypto';
import type { Day } from '#lib/domain/day.ts';
import { canonicalText, type Json } from '#lib/domain/plan/canonical-text.ts';
import { deriveKey } from '#lib/server/crypto/derive-key.ts';

/** All that a signature stands for; hashes are bytes. */
export interface Sealed {
	readonly agreementId: string;
	readonly reference: string;
	readonly applicationId: string;
	readonly accountId: string;
	readonly cardholderId: string;
	readonly quoteId: string;
	readonly termsHash: Buffer;
	readonly documentId: string;
	readonly locale: string;
	readonly contentHash: Buffer;
	readonly pdfSha256: Buffer;
	readonly confirmationId: string;
	readonly consents: object;
	readonly ip: string;
	readonly signedAt: Date;
	readonly instalments: readonly {
		readonly number: number;
		readonly dueDate: Day;
		readonly principal: number;
		readonly interest: number;
		readonly accrued: number;
		readonly total: number;
	}[];
}

/** The seal of a signed agreement, under a key that does not stand in the database: who changes anything of it cannot make it again. */
export function agreementSeal(sealed: Sealed): Buffer {
	const text = canonicalText({
		agreementId: sealed.agreementId,
		reference: sealed.reference,
		applicationId: sealed.applicationId,
		accountId: sealed.accountId,
		cardholderId: sealed.cardholderId,
		quoteId: sealed.quoteId,
		termsHash: sealed.termsHash.toString('hex'),
		documentId: sealed.documentId,
		locale: sealed.locale,
		contentHash: sealed.contentHash.toString('hex'),
		pdfSha256: sealed.pdfSha256.toString('hex'),
		confirmationId: sealed.confirmationId,
		ip: sealed.ip,
		signedAt: sealed.signedAt.toISOString(),
		consents: sealed.consents as Json,
		instalments: sealed.instalments.map(({ number, dueDate, principal, interest, accrued, total }) => ({
			number,
			dueDate,
			principal,
			interest,
			accrued,
			total,
		})),
	});
	return createHmac('sha256', deriveKey('agreement-seal')).update(text).digest();
}
