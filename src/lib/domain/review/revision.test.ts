import { expect, test } from 'vitest';
import { changesOf, type Version } from '#lib/domain/review/revision.ts';

const plan = { productCode: 'personal-instalments', instalments: 12, deferralMonths: 0 };
const version: Version = {
	reason: 'unemployment',
	circumstances: 'The plant closed.',
	budget: { wages: 400_000, housing: 150_000 },
	plan,
	wantsOffer: false,
};

test('two versions that say the same differ in nothing', () => {
	expect(changesOf(version, { ...version, budget: { ...version.budget }, plan: { ...plan } })).toEqual([]);
});

test('what differs is named with what it was and what it is', () => {
	const after: Version = {
		...version,
		reason: 'income_drop',
		circumstances: '',
		budget: { wages: 350_000, food: 90_000 },
		plan: { ...plan, instalments: 24 },
	};
	expect(changesOf(version, after)).toEqual([
		{ what: 'reason', before: 'unemployment', after: 'income_drop' },
		{ what: 'circumstances', before: 'The plant closed.' },
		{ what: 'budget', line: 'wages', before: 400_000, after: 350_000 },
		{ what: 'budget', line: 'housing', before: 150_000, after: null },
		{ what: 'budget', line: 'food', before: null, after: 90_000 },
		{ what: 'plan', before: plan, after: { ...plan, instalments: 24 } },
	]);
});

test('asking for an offer instead of a plan is a change of the plan', () => {
	const asking = { ...version, plan: null, wantsOffer: true };
	expect(changesOf(version, asking)).toEqual([{ what: 'plan', before: plan, after: 'offer' }]);
	expect(changesOf(asking, { ...asking, wantsOffer: false })).toEqual([{ what: 'plan', before: 'offer', after: null }]);
});
