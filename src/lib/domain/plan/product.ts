import { textIn } from '#lib/domain/language.ts';
import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { DeferralInterest, Method } from '#lib/domain/plan/schedule.ts';
import type { Rate } from '#lib/domain/rate.ts';

/** The longest term of a product, empty months and instalments together [CBRC 2011 No. 2, Art. 70]. */
export const LONGEST_TERM_MONTHS = 60;

/** How long an approved plan can be signed, and a quote submitted, where the product names nothing. */
export const DEFAULT_VALIDITY_DAYS = 7;

/** How long a missed instalment can be made good before the plan lapses, where the product names nothing. */
export const DEFAULT_CURE_DAYS = 15;

export const PRODUCT_KINDS = ['instalments', 'deferral'] as const;
export type ProductKind = (typeof PRODUCT_KINDS)[number];

/** When a waiver holds for good: once signed, or only when the plan has been completed (until then it can return). */
export const WAIVERS_AT = ['signing', 'completion'] as const;
export type WaiverAt = (typeof WAIVERS_AT)[number];

/** What accrues between quote and signing: waived, or joining the first instalment (domain.md, "The order"). */
export const ACCRUALS = ['waived', 'first_instalment'] as const;
export type Accrual = (typeof ACCRUALS)[number];

/** The parts of late payment fees and of interest that the plan forgives, from 0 to 1. */
export interface Waivers {
	readonly lateFeeShare: Rate;
	readonly interestShare: Rate;
	readonly at: WaiverAt;
}

/** Whom a product is for; null means no such bound. Bounds are included; the amount is the total outstanding. */
export interface Eligibility {
	readonly daysPastDueFrom: number | null;
	readonly daysPastDueTo: number | null;
	readonly amountFrom: Minor | null;
	readonly amountTo: Minor | null;
	readonly reasons: readonly Reason[] | null;
	/** Any one of these kinds shows enough. */
	readonly evidence: readonly EvidenceKind[] | null;
}

/**
 * A plan that the bank offers: versioned data, never code (domain.md, "Plans"). `currency` is that of its amounts.
 * `deferralMonths` is empty for kind "instalments"; `deferralInterest` is null exactly then.
 */
export interface Product {
	readonly code: string;
	readonly version: number;
	readonly kind: ProductKind;
	readonly currency: string;
	readonly method: Method;
	readonly instalments: readonly number[];
	readonly periodicRate: Rate;
	readonly deferralMonths: readonly number[];
	readonly deferralInterest: DeferralInterest | null;
	readonly waivers: Waivers;
	readonly accrual: Accrual;
	readonly eligibility: Eligibility;
	readonly validityDays: number;
	/** So many days after its due date a missed instalment can still be made good; then the plan lapses. */
	readonly cureDays: number;
	readonly secondApproverFrom: Minor | null;
	/** The name in each language that the bank writes, by locale ("zh-CN", "en"). */
	readonly names: Readonly<Record<string, string>>;
}

/** What of a product its figures come from; whom it is for, and what it is called, is no part of them. */
export type QuotedProduct = Omit<Product, 'eligibility' | 'secondApproverFrom' | 'names'>;

/** The terms alone, as a page may hold them. */
export function quotedProduct(product: Product): QuotedProduct {
	const { eligibility: _whom, secondApproverFrom: _second, names: _names, ...terms } = product;
	return terms;
}

/** Whether a plan of this principal needs a second approver. */
export function needsSecondApprover(product: Product, principal: Minor): boolean {
	return product.secondApproverFrom !== null && principal >= product.secondApproverFrom;
}

/** The product's name for a reader of a language, else its code. */
export function productName(product: Product, locale: string): string {
	return textIn(product.names, locale) ?? product.code;
}
