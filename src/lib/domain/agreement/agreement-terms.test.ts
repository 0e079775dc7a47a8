import { expect, test } from 'vitest';
import { readAgreementTerms } from '#lib/domain/agreement/agreement-terms.ts';

test('a bank names the language that prevails; a setting that names none is refused', () => {
	expect(readAgreementTerms({ bindingLocale: 'zh-CN' })).toEqual({ bindingLocale: 'zh-CN' });
	for (const wrong of [undefined, null, {}, { bindingLocale: '' }, { bindingLocale: 'Chinese!' }, 'zh-CN']) {
		expect(readAgreementTerms(wrong)).toBeUndefined();
	}
});
