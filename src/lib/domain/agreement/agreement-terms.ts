/** What a bank sets for its agreements in general. */
export interface AgreementTerms {
	/** The language whose version prevails where versions differ. */
	readonly bindingLocale: string;
}

/** Reads the setting `agreement_terms`; undefined where it makes no sense, for nothing is then to be signed. */
export function readAgreementTerms(value: unknown): AgreementTerms | undefined {
	if (typeof value !== 'object' || value === null || !('bindingLocale' in value)) return undefined;
	const { bindingLocale } = value;
	if (typeof bindingLocale !== 'string' || !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(bindingLocale)) return undefined;
	return { bindingLocale };
}
