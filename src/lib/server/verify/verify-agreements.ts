import { currencyOf, formatAmount } from '#lib/domain/money.ts';
import { canonicalText, type Json } from '#lib/domain/plan/canonical-text.ts';
import { agreementSeal } from '#lib/server/agreement/agreement-seal.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { listDocumentsAfter, listSignedAfter, type SignedAgreement } from '#lib/server/verify/agreement.repository.ts';
import type { Breach } from '#lib/server/verify/verify.repository.ts';

/**
 * Looks at every document of an agreement and at every signature: whether anything of what was signed was changed since. A seal
 * that cannot be made again for want of the secret key is a breach too, for it was not checked.
 */
export async function* verifyAgreements(db: Db): AsyncGenerator<Breach> {
	for (let documents = await listDocumentsAfter(db); documents.length > 0;) {
		for (const { id, reference, content, contentHash } of documents) {
			if (sha256(canonicalText(content as Json)).equals(contentHash)) continue;
			yield { promise: "a document's hash is that of its words and figures", record: `${reference} document ${id}` };
		}
		documents = await listDocumentsAfter(db, documents.at(-1)?.id);
	}
	const canSeal = env().secretKey !== '';
	for (let signed = await listSignedAfter(db); signed.length > 0;) {
		for (const agreement of signed) {
			const { reference: record } = agreement;
			if (!isOfItsQuote(agreement)) yield { promise: 'signed instalments are those of the approved terms', record };
			if (!canSeal) yield { promise: 'the seal of a signature can be checked (SECRET_KEY is missing)', record };
			else if (!isSealed(agreement)) yield { promise: 'what was signed is as its seal says', record };
		}
		signed = await listSignedAfter(db, signed.at(-1)?.agreementId);
	}
}

/** What stands in the database may be such as no seal was ever made over; that is a broken seal, not a fault of ours. */
function isSealed(agreement: SignedAgreement): boolean {
	try {
		return agreementSeal(agreement).equals(agreement.seal);
	} catch {
		return false;
	}
}

function isOfItsQuote({ instalments, terms }: SignedAgreement): boolean {
	const currency = currencyOf(terms.currency);
	return (
		instalments.length === terms.rows.length &&
		terms.rows.every((row, index) => {
			const signed = instalments[index]!;
			return (
				signed.number === row.number &&
				signed.dueDate === row.dueDate &&
				formatAmount(signed.principal, currency) === row.principal &&
				formatAmount(signed.interest, currency) === row.interest &&
				signed.total === signed.principal + signed.interest + signed.accrued &&
				(index === 0 || signed.accrued === 0)
			);
		})
	);
}
