import { expect, test } from 'vitest';
import { approvalStep, type Proposal } from '#lib/domain/review/approval.ts';

const plan = {
	productCode: 'personal-instalments',
	productVersion: 1,
	instalments: 60,
	deferralMonths: 0,
	firstDueDate: '2026-06-20',
};
const proposal: Proposal = { proposes: 'approved', quoteId: 'q-1', plan, firstStaffId: 'ann' };
const same = { proposes: 'approved', quoteId: 'q-1', plan, staffId: 'cai' } as const;

test('below the amount one decides, above it two, on the very same thing', () => {
	expect(approvalStep({ needsSecond: false, proposal: undefined, decides: same })).toBe('decided');
	expect(approvalStep({ needsSecond: true, proposal: undefined, decides: same })).toBe('proposed');
	expect(approvalStep({ needsSecond: true, proposal, decides: same })).toBe('seconded');
});

test('the same person twice is one person', () => {
	expect(approvalStep({ needsSecond: true, proposal, decides: { ...same, staffId: 'ann' } })).toBe('proposed');
});

test('whoever decides on something else is the first again', () => {
	const others = [
		{ ...same, quoteId: 'q-2' },
		{ ...same, proposes: 'counter_offered' as const },
		{ ...same, plan: { ...plan, productCode: 'falling-instalments' } },
		{ ...same, plan: { ...plan, productVersion: 2 } },
		{ ...same, plan: { ...plan, instalments: 48 } },
		{ ...same, plan: { ...plan, deferralMonths: 1 } },
		{ ...same, plan: { ...plan, firstDueDate: '2026-07-20' } },
	];
	const steps = others.map((decides) => approvalStep({ needsSecond: true, proposal, decides }));
	expect(steps).toEqual(others.map(() => 'proposed'));
});
