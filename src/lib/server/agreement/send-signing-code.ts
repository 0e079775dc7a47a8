import type { Owner } from '#lib/server/agreement/agreement.repository.ts';
import type { StoredDocument } from '#lib/server/agreement/document.repository.ts';
import {
	lockSignable,
	type SignableRefusal,
	type Signer,
	type SigningForm,
} from '#lib/server/agreement/lock-signable.ts';
import {
	sendConfirmation,
	type SendConfirmationOutcome,
	type Subject,
} from '#lib/server/confirmation/send-confirmation.ts';
import type { Db } from '#lib/server/db/connect.ts';

export type SendSigningCodeOutcome = SendConfirmationOutcome | ({ readonly ok: false } & SignableRefusal);

/** Sends the code that signs the document which was shown, and no other: only where it could be signed with it. */
export async function sendSigningCode(
	db: Db,
	{ signer, form }: { signer: Signer; form: SigningForm },
): Promise<SendSigningCodeOutcome> {
	return db.transaction().execute(async (trx): Promise<SendSigningCodeOutcome> => {
		const signable = await lockSignable(trx, signer, form);
		if (!signable.ok) return signable;
		if (signable.isSigned) return { ok: false, refusal: 'not_offered' };
		return sendConfirmation(trx, signingSubject(signer.owner, signable.agreement.id, signable.document));
	});
}

/** What a code for signing is about. */
export function signingSubject(owner: Owner, agreementId: string, { contentHash }: StoredDocument): Subject {
	const { cardholderId, accountId } = owner;
	return { cardholderId, accountId, purpose: 'sign_agreement', subjectId: agreementId, subjectHash: contentHash };
}
