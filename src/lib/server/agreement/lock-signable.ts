import { type AgreementConsent, missingConsents } from '#lib/domain/agreement/consents.ts';
import { type PaperChange, paperChanges } from '#lib/domain/agreement/paper-changes.ts';
import type { Day } from '#lib/domain/day.ts';
import { type Agreement, lockOwnAgreement, type Owner } from '#lib/server/agreement/agreement.repository.ts';
import { drawUpAgreement, type DrawnUp } from '#lib/server/agreement/draw-up-agreement.ts';
import { selectDocumentByHash, selectSigned } from '#lib/server/agreement/document.repository.ts';
import { findHold } from '#lib/server/contact-number/read-number-change.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/** What the page sends: the agreement, the hash (hex) of the document that was shown, and what was ticked under it. */
export interface SigningForm {
	readonly agreementId: string;
	readonly documentHash: string;
	readonly consents: readonly string[];
}

/** Who signs, and when. */
export interface Signer {
	readonly owner: Owner;
	readonly today: Day;
	readonly at: Date;
}

/**
 * Why an agreement cannot be signed. `document_changed`: today's document is another than the one that was shown; `held`: the
 * number was changed lately.
 */
export type SignableRefusal =
	| { readonly refusal: 'not_found' | 'not_offered' | 'too_late' | 'being_checked' | 'held' }
	| { readonly refusal: 'document_changed'; readonly changes: readonly PaperChange[] }
	| { readonly refusal: 'consent_missing'; readonly missing: readonly AgreementConsent[] };

/** `isSigned` where this very document was signed before: a second tap or another tab. */
export type Signable =
	| { readonly ok: true; readonly isSigned: true }
	| ({ readonly ok: true; readonly isSigned: false; readonly agreement: Agreement } & DrawnUp)
	| ({ readonly ok: false } & SignableRefusal);

/** The owner's agreement, locked, where what was shown can be signed now: offered, in time, unchanged and wholly consented to. */
export async function lockSignable(trx: Trx, { owner, today, at }: Signer, form: SigningForm): Promise<Signable> {
	const agreement = await lockOwnAgreement(trx, owner, form.agreementId);
	const contentHash = Buffer.from(form.documentHash, 'hex');
	const shown = agreement && (await selectDocumentByHash(trx, { agreementId: agreement.id, contentHash }));
	if (!agreement || !shown) return { ok: false, refusal: 'not_found' };
	if (agreement.status !== 'offered') {
		const signed = await selectSigned(trx, agreement.id);
		return signed?.id === shown.id ? { ok: true, isSigned: true } : { ok: false, refusal: 'not_offered' };
	}
	if (at >= agreement.signBy) return { ok: false, refusal: 'too_late' };
	if (await findHold(trx, owner.cardholderId, at)) return { ok: false, refusal: 'held' };
	const drawn = await drawUpAgreement(trx, { agreement, owner, locale: shown.locale, today });
	if (!drawn.ok) return drawn;
	if (drawn.document.id !== shown.id) {
		return { ok: false, refusal: 'document_changed', changes: paperChanges(shown.paper, drawn.document.paper) };
	}
	const missing = missingConsents(form.consents);
	if (missing.length > 0) return { ok: false, refusal: 'consent_missing', missing };
	return { ...drawn, isSigned: false, agreement };
}
