import { expect, test } from 'vitest';
import { AGREEMENT_CONSENTS, missingConsents } from '#lib/domain/agreement/consents.ts';

test('every consent is needed, each by its own tick', () => {
	expect(missingConsents([])).toEqual(AGREEMENT_CONSENTS);
	for (const left of AGREEMENT_CONSENTS) {
		expect(missingConsents(AGREEMENT_CONSENTS.filter((consent) => consent !== left))).toEqual([left]);
	}
	expect(missingConsents([...AGREEMENT_CONSENTS, 'more'])).toEqual([]);
});
