import type { AgreementFacts } from '#lib/domain/agreement/agreement-facts.ts';
import { isAlive } from '#lib/domain/agreement/agreement-status.ts';
import type { Day } from '#lib/domain/day.ts';
import { findOwnAccountState } from '#lib/server/account/account-state.ts';
import { type Agreement, type Owner, selectOwnAgreement } from '#lib/server/agreement/agreement.repository.ts';
import { selectDocumentByHash, selectOwnPdf, selectSigned } from '#lib/server/agreement/document.repository.ts';
import { drawUpAgreement, type StoredDocument } from '#lib/server/agreement/draw-up-agreement.ts';
import { signingSubject } from '#lib/server/agreement/send-signing-code.ts';
import { isCodeAwaited } from '#lib/server/confirmation/use-confirmation.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findQuote } from '#lib/server/plan/read-quote.ts';

/** An agreement that can be signed now, as its page shows it. */
export interface OfferedAgreement {
	readonly agreement: Agreement;
	readonly facts: AgreementFacts;
	readonly document: StoredDocument;
	/** The version that prevails, where that is another than the reader's. */
	readonly binding: StoredDocument | undefined;
	/** Whether a code for this document is on its way and can still be typed. */
	readonly codeAwaited: boolean;
	/** Whether anything was posted to the account since the approved figures, which it does not change. */
	readonly postedSince: boolean;
}

/** The owner's newest agreement as its page shows it. `too_late`: its time to be signed is over, whether a job has noted that or not. */
export type ReadAgreement =
	| { readonly view: 'none' }
	| { readonly view: 'being_checked'; readonly agreement: Agreement }
	| { readonly view: 'too_late'; readonly agreement: Agreement }
	| { readonly view: 'refused'; readonly agreement: Agreement }
	| ({ readonly view: 'offered' } & OfferedAgreement)
	| {
			readonly view: 'signed';
			readonly agreement: Agreement;
			readonly document: StoredDocument & { readonly signedAt: Date };
	  };

/** Where the owner's agreement stands; an offered one is drawn up as of today in the reader's language. */
export async function readAgreement(
	db: DbOrTrx,
	{ owner, locale, today, at }: { owner: Owner; locale: string; today: Day; at: Date },
): Promise<ReadAgreement> {
	const agreement = await selectOwnAgreement(db, owner);
	if (!agreement) return { view: 'none' };
	const { status } = agreement;
	if (status === 'refused') return { view: 'refused', agreement };
	if (status === 'expired' || (status === 'offered' && at >= agreement.signBy)) return { view: 'too_late', agreement };
	if (status !== 'offered') {
		const document = await selectSigned(db, agreement.id);
		if (!document) throw new Error('a signed agreement without what was signed');
		return { view: 'signed', agreement, document };
	}
	const drawn = await drawUpAgreement(db, { agreement, owner, locale, today });
	if (!drawn.ok) return { view: 'being_checked', agreement };
	const { facts, document, binding } = drawn;
	const account = await findOwnAccountState(db, owner);
	const quote = await findQuote(db, agreement);
	return {
		view: 'offered',
		agreement,
		facts,
		document,
		binding: binding.id === document.id ? undefined : binding,
		codeAwaited: await isCodeAwaited(db, signingSubject(owner, agreement.id, document)),
		postedSince: (account?.postingMark ?? 0) > (quote?.postingMark ?? 0),
	};
}

/** How far the agreement of an approved application is: `until` is the last moment for `due` and `too_late`, the signing for `signed`. */
export interface Signing {
	readonly state: 'due' | 'signed' | 'too_late' | 'refused';
	readonly until: Date;
}

/** Where the signing of an application's agreement stands; undefined where the owner's newest agreement is another's. */
export async function readSigning(
	db: DbOrTrx,
	{ owner, applicationId, at }: { owner: Owner; applicationId: string; at: Date },
): Promise<Signing | undefined> {
	const agreement = await selectOwnAgreement(db, owner);
	if (agreement?.applicationId !== applicationId) return undefined;
	const { status, signBy, signedAt, endedAt } = agreement;
	if (signedAt) return { state: 'signed', until: signedAt };
	if (status === 'refused') return { state: 'refused', until: endedAt ?? signBy };
	return { state: status === 'expired' || at >= signBy ? 'too_late' : 'due', until: signBy };
}

/** Whether the owner's account has an agreement that can be signed or is being kept, beside which there is no other. */
export async function hasLivingAgreement(db: DbOrTrx, { owner, at }: { owner: Owner; at: Date }): Promise<boolean> {
	const agreement = await selectOwnAgreement(db, owner);
	return (
		agreement !== undefined && isAlive(agreement.status) && (agreement.status !== 'offered' || at < agreement.signBy)
	);
}

/** A document of the owner's newest agreement as PDF, by its hash (hex); without one, what was signed. Another's is not found. */
export async function openAgreementPdf(
	db: DbOrTrx,
	{ owner, hash }: { owner: Owner; hash: string | null },
): Promise<{ pdf: Buffer; fileName: string } | undefined> {
	const agreement = await selectOwnAgreement(db, owner);
	if (!agreement) return undefined;
	const document =
		hash === null
			? await selectSigned(db, agreement.id)
			: await selectDocumentByHash(db, { agreementId: agreement.id, contentHash: Buffer.from(hash, 'hex') });
	const opened = document && (await selectOwnPdf(db, { owner, documentId: document.id }));
	return opened && { pdf: opened.pdf, fileName: `agreement-${opened.reference}-${opened.locale}.pdf` };
}
