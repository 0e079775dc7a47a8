import type { KeptPlan } from '#lib/domain/agreement/kept-plan.ts';
import { type PlanTerms, schedule } from '#lib/domain/plan/schedule.ts';

/** A plan as it would be signed: the schedule of its terms, each row an instalment. */
export function keptPlan(terms: PlanTerms, more: Partial<KeptPlan> & { accrued?: number } = {}): KeptPlan {
	const { accrued = 0, ...rest } = more;
	return {
		signedOn: '2026-01-05',
		principal: terms.principal,
		periodicRate: terms.periodicRate,
		firstDueDate: terms.firstDueDate,
		deferralMonths: terms.deferralMonths,
		deferralInterest: terms.deferralInterest,
		instalments: schedule(terms).rows.map(({ number, dueDate, principal, interest, total }) => ({
			number,
			dueOn: dueDate,
			principal,
			interest,
			accrued: number === 1 ? accrued : 0,
			total: number === 1 ? total + accrued : total,
		})),
		waived: { lateFees: 0, interest: 0, at: 'signing' },
		cureDays: 15,
		...rest,
	};
}

/** ¥3,000 in three instalments of ¥1,000 on the fifth of February, March and April, with 1% a month where asked for. */
export function threeInstalments(more: Parameters<typeof keptPlan>[1] & { readonly percent?: number } = {}): KeptPlan {
	const { percent = 0, ...rest } = more;
	return keptPlan(
		{
			method: 'flatFee',
			principal: 300_000,
			instalments: 3,
			periodicRate: { numerator: percent, denominator: 100 },
			firstDueDate: '2026-02-05',
			deferralMonths: 0,
			deferralInterest: null,
		},
		rest,
	);
}
