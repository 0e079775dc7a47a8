import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { Eligibility } from '#lib/domain/plan/product.ts';

/** What eligibility is judged on. `reason` is null until one was given; `amount` is the total outstanding. */
export interface Situation {
	readonly daysPastDue: number;
	readonly amount: Minor;
	readonly reason: Reason | null;
	readonly evidence: readonly EvidenceKind[];
}

/** Why a product is not for this account now; each has its words in messages. */
export const INELIGIBILITIES = [
	'too_early',
	'too_late',
	'amount_too_small',
	'amount_too_large',
	'reason_not_given',
	'reason_not_covered',
	'evidence_missing',
] as const;
export type Ineligibility = (typeof INELIGIBILITIES)[number];

/**
 * Every reason why a product is not for an account; an empty list where it is (domain.md, "Plans"). Bounds are included.
 * Two of them can still be mended by the cardholder: `reason_not_given` and `evidence_missing`.
 */
export function ineligibilities(rules: Eligibility, situation: Situation): readonly Ineligibility[] {
	const { daysPastDue, amount, reason, evidence } = situation;
	const found: Ineligibility[] = [];
	if (rules.daysPastDueFrom !== null && daysPastDue < rules.daysPastDueFrom) found.push('too_early');
	if (rules.daysPastDueTo !== null && daysPastDue > rules.daysPastDueTo) found.push('too_late');
	if (rules.amountFrom !== null && amount < rules.amountFrom) found.push('amount_too_small');
	if (rules.amountTo !== null && amount > rules.amountTo) found.push('amount_too_large');
	if (rules.reasons !== null) {
		if (reason === null) found.push('reason_not_given');
		else if (!rules.reasons.includes(reason)) found.push('reason_not_covered');
	}
	if (rules.evidence !== null && !rules.evidence.some((kind) => evidence.includes(kind)))
		found.push('evidence_missing');
	return found;
}
