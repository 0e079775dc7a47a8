import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { ineligibilities, type Ineligibility, type Situation } from '#lib/domain/plan/eligibility.ts';
import type { Product } from '#lib/domain/plan/product.ts';

interface Bounds {
	/** Both included; null where there is no such bound. */
	readonly from: number | null;
	readonly to: number | null;
}

/** One rule of a product with what a case has; amounts are in minor units, `oneOf: null` takes anything. */
export type RuleFinding = { readonly met: boolean } & (
	| { readonly rule: 'on_offer'; readonly version: number; readonly offered: number | null }
	| (Bounds & { readonly rule: 'days_past_due'; readonly has: number })
	| (Bounds & { readonly rule: 'amount'; readonly has: Minor })
	| { readonly rule: 'reason'; readonly oneOf: readonly Reason[] | null; readonly has: Reason | null }
	| { readonly rule: 'evidence'; readonly oneOf: readonly EvidenceKind[] | null; readonly has: readonly EvidenceKind[] }
	| { readonly rule: 'instalments'; readonly oneOf: readonly number[]; readonly has: number }
	| { readonly rule: 'deferral'; readonly oneOf: readonly number[]; readonly has: number }
	| { readonly rule: 'first_due'; readonly after: Day; readonly has: Day }
	| { readonly rule: 'validity'; readonly until: Date; readonly has: Date | null }
);

/** What a quoted plan is held against: the case as it is today. */
export interface RuledCase extends Situation {
	readonly today: Day;
	readonly instalments: number;
	readonly deferralMonths: number;
	/** The first due date before any deferral. */
	readonly firstDueDate: Day;
	/** Until when the quote could be submitted, and when it was. */
	readonly quoteUntil: Date;
	readonly submittedAt: Date | null;
	/** The product's version that is on offer today; null where it is withdrawn. */
	readonly offeredVersion: number | null;
}

/**
 * Every rule of a product, each with what the case has and whether that meets it (domain.md, "Plans"). Whom the product is
 * for is judged by `ineligibilities`, as on the cardholder's own page; nothing is decided by it: an agent may know better.
 */
export function productRules(product: Product, of: RuledCase): RuleFinding[] {
	const against = new Set<Ineligibility>(ineligibilities(product.eligibility, of));
	const meets = (...names: readonly Ineligibility[]) => !names.some((name) => against.has(name));
	const { daysPastDueFrom, daysPastDueTo, amountFrom, amountTo, reasons, evidence } = product.eligibility;
	const deferrals = product.deferralMonths.length > 0 ? product.deferralMonths : [0];
	const { version } = product;
	return [
		{ rule: 'on_offer', version, offered: of.offeredVersion, met: of.offeredVersion === version },
		{
			rule: 'days_past_due',
			from: daysPastDueFrom,
			to: daysPastDueTo,
			has: of.daysPastDue,
			met: meets('too_early', 'too_late'),
		},
		{
			rule: 'amount',
			from: amountFrom,
			to: amountTo,
			has: of.amount,
			met: meets('amount_too_small', 'amount_too_large'),
		},
		{ rule: 'reason', oneOf: reasons, has: of.reason, met: meets('reason_not_given', 'reason_not_covered') },
		{ rule: 'evidence', oneOf: evidence, has: [...new Set(of.evidence)], met: meets('evidence_missing') },
		{
			rule: 'instalments',
			oneOf: product.instalments,
			has: of.instalments,
			met: product.instalments.includes(of.instalments),
		},
		{ rule: 'deferral', oneOf: deferrals, has: of.deferralMonths, met: deferrals.includes(of.deferralMonths) },
		{ rule: 'first_due', after: of.today, has: of.firstDueDate, met: of.firstDueDate > of.today },
		{
			rule: 'validity',
			until: of.quoteUntil,
			has: of.submittedAt,
			met: of.submittedAt !== null && of.submittedAt < of.quoteUntil,
		},
	];
}
