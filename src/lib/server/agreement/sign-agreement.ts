import { agreementSeal } from '#lib/server/agreement/agreement-seal.ts';
import type { Agreement } from '#lib/server/agreement/agreement.repository.ts';
import type { DrawnUp } from '#lib/server/agreement/draw-up-agreement.ts';
import {
	insertInstalments,
	insertSignature,
	plainAddress,
	updateCalendarSeed,
} from '#lib/server/agreement/document.repository.ts';
import {
	lockSignable,
	type SignableRefusal,
	type Signer,
	type SigningForm,
} from '#lib/server/agreement/lock-signable.ts';
import { moveAgreement } from '#lib/server/agreement/move-agreement.ts';
import { signingSubject } from '#lib/server/agreement/send-signing-code.ts';
import { useConfirmation, type UseConfirmationOutcome } from '#lib/server/confirmation/use-confirmation.ts';
import { randomSeed } from '#lib/server/crypto/random-token.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';

/** A signature as the page sends it: with the code that the person typed, and the address it came from. */
export interface SigningOrder {
	readonly signer: Signer;
	readonly form: SigningForm;
	readonly code: string;
	readonly ip: string;
}

export type SignRefusal = SignableRefusal | Exclude<UseConfirmationOutcome, { readonly ok: true }>;

/** `isRepeat` where this document had been signed before: a second tap signs nothing again. */
export type SignOutcome = { readonly ok: true; readonly isRepeat: boolean } | ({ readonly ok: false } & SignRefusal);

/**
 * Signs the document that was shown, once: the code is used up, and signature, instalments, status, event, audit log and message
 * stand together or not at all. Signing is judged on what holds now, whatever the page showed.
 */
export async function signAgreement(db: Db, order: SigningOrder): Promise<SignOutcome> {
	const { signer, form, code } = order;
	return db.transaction().execute(async (trx): Promise<SignOutcome> => {
		const signable = await lockSignable(trx, signer, form);
		if (!signable.ok) return signable;
		if (signable.isSigned) return { ok: true, isRepeat: true };
		const { agreement, document } = signable;
		const confirmed = await useConfirmation(trx, signingSubject(signer.owner, agreement.id, document), code);
		if (!confirmed.ok) return confirmed;
		await write(trx, { order, agreement, drawn: signable, confirmationId: confirmed.confirmationId });
		return { ok: true, isRepeat: false };
	});
}

async function write(
	trx: Trx,
	{
		order,
		agreement,
		drawn: { facts, document },
		confirmationId,
	}: { order: SigningOrder; agreement: Agreement; drawn: DrawnUp; confirmationId: string },
): Promise<void> {
	const { at, today } = order.signer;
	const { id: agreementId, cardholderId, accountId, applicationId, quoteId, reference } = agreement;
	const given = {
		agreementId,
		documentId: document.id,
		confirmationId,
		consents: Object.fromEntries(order.form.consents.map((consent) => [consent, true])),
		ip: await plainAddress(trx, order.ip),
		signedAt: at,
	};
	const seal = agreementSeal({
		...given,
		reference,
		applicationId,
		accountId,
		cardholderId,
		quoteId,
		termsHash: Buffer.from(facts.termsHash, 'hex'),
		locale: document.locale,
		contentHash: document.contentHash,
		pdfSha256: document.pdfSha256,
		instalments: facts.rows,
	});
	await insertSignature(trx, { ...given, seal });
	await insertInstalments(trx, agreementId, facts.rows);
	await updateCalendarSeed(trx, agreementId, randomSeed());
	const moved = await moveAgreement(trx, {
		agreementId,
		to: 'active',
		event: 'signed',
		occurredOn: today,
		at,
		actor: { kind: 'cardholder', id: cardholderId },
		detail: { document: document.contentHash.toString('hex') },
	});
	if (!moved.ok) throw new Error(`an offered agreement did not move: ${moved.refusal}`);
	const dedupeKey = `agreement_signed:${agreementId}`;
	await queueMessage(trx, { cardholderId, accountId, template: 'agreement_signed', applicationId, dedupeKey });
}
