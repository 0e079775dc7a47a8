/** What a cardholder agrees to when signing, each by a tick of their own; nothing is signed without all of them. */
export const AGREEMENT_CONSENTS = ['terms', 'no_new_card', 'data_use'] as const;
export type AgreementConsent = (typeof AGREEMENT_CONSENTS)[number];

/** The consents that are still missing, in the order of the page. */
export function missingConsents(given: readonly string[]): AgreementConsent[] {
	return AGREEMENT_CONSENTS.filter((consent) => !given.includes(consent));
}
