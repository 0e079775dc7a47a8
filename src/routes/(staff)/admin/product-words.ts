import type { Reason } from '#lib/domain/application/reason.ts';
import { formatAmount, currencyOf, type Minor } from '#lib/domain/money.ts';
import type { AnswerRefusal, ProposalStatus } from '#lib/domain/access/four-eyes.ts';
import type { ProductChange, ProposeRefusal } from '#lib/domain/plan/product-change.ts';
import type { ProductPart } from '#lib/domain/plan/product-difference.ts';
import type { LostBecause } from '#lib/domain/plan/product-effect.ts';
import { type Eligibility, type Product, productName } from '#lib/domain/plan/product.ts';
import { percentOfRate } from '#lib/domain/plan/rate-percent.ts';
import { amountText } from '#lib/messages/format.ts';
import { languageText } from '#lib/messages/language-text.ts';
import * as m from '#lib/paraglide/messages.js';
import { getLocale, locales } from '#lib/paraglide/runtime.js';
import { evidenceText, reasonText } from '../desk/words.ts';

/** What each part of a product is called, as a label. */
export const PART_NAMES: Readonly<Record<ProductPart | 'code', () => string>> = {
	code: m.product_part_code,
	names: m.product_part_names,
	kind: m.product_part_kind,
	currency: m.product_part_currency,
	method: m.product_part_method,
	instalments: m.product_part_instalments,
	periodicRate: m.product_part_rate,
	deferralMonths: m.product_part_deferral_months,
	deferralInterest: m.product_part_deferral_interest,
	'waivers.lateFeeShare': m.product_part_late_fee_share,
	'waivers.interestShare': m.product_part_interest_share,
	'waivers.at': m.product_part_waived_at,
	accrual: m.product_part_accrual,
	'eligibility.daysPastDueFrom': m.product_part_days_from,
	'eligibility.daysPastDueTo': m.product_part_days_to,
	'eligibility.amountFrom': m.product_part_amount_from,
	'eligibility.amountTo': m.product_part_amount_to,
	'eligibility.reasons': m.product_part_reasons,
	'eligibility.evidence': m.product_part_evidence,
	validityDays: m.product_part_validity,
	cureDays: m.product_part_cure,
	secondApproverFrom: m.product_part_second_approver,
};

export const KINDS = { instalments: m.product_kind_instalments, deferral: m.product_kind_deferral } as const;
export const METHODS = {
	equalInstalments: m.product_method_equalInstalments,
	equalPrincipal: m.product_method_equalPrincipal,
	flatFee: m.product_method_flatFee,
} as const;
export const DEFERRALS = {
	waived: m.product_deferral_waived,
	added: m.product_deferral_added,
	capitalised: m.product_deferral_capitalised,
} as const;
export const WAIVED_AT = { signing: m.product_waived_at_signing, completion: m.product_waived_at_completion } as const;
export const ACCRUALS = {
	waived: m.product_accrual_waived,
	first_instalment: m.product_accrual_first_instalment,
} as const;

/** What a part of a product says, in words. */
export function partText(product: Product, part: ProductPart): string {
	return VALUES[part](product);
}

const list = (items: readonly (string | number)[]) => items.join(m.product_list_joint());
const open = (value: number | null) => (value === null ? m.product_value_none() : String(value));
const amount = (value: Minor | null, currency: string, none = m.product_value_none) =>
	value === null ? none() : amountText(value, currency);

const VALUES: Readonly<Record<ProductPart, (product: Product) => string>> = {
	names: ({ names }) =>
		list(
			[...new Set([...locales, ...Object.keys(names)])].map((tag) =>
				m.product_name_in({ language: languageText(tag), name: names[tag] ?? m.product_value_empty() }),
			),
		),
	kind: ({ kind }) => KINDS[kind](),
	currency: ({ currency }) => currency,
	method: ({ method }) => METHODS[method](),
	instalments: ({ instalments }) => list(instalments),
	periodicRate: ({ periodicRate }) => `${percentOfRate(periodicRate)}%`,
	deferralMonths: ({ deferralMonths }) =>
		deferralMonths.length === 0 ? m.product_value_empty() : list(deferralMonths),
	deferralInterest: ({ deferralInterest }) =>
		deferralInterest === null ? m.product_deferral_none() : DEFERRALS[deferralInterest](),
	'waivers.lateFeeShare': ({ waivers }) => `${percentOfRate(waivers.lateFeeShare)}%`,
	'waivers.interestShare': ({ waivers }) => `${percentOfRate(waivers.interestShare)}%`,
	'waivers.at': ({ waivers }) => WAIVED_AT[waivers.at](),
	accrual: ({ accrual }) => ACCRUALS[accrual](),
	'eligibility.daysPastDueFrom': ({ eligibility }) => open(eligibility.daysPastDueFrom),
	'eligibility.daysPastDueTo': ({ eligibility }) => open(eligibility.daysPastDueTo),
	'eligibility.amountFrom': ({ eligibility, currency }) => amount(eligibility.amountFrom, currency),
	'eligibility.amountTo': ({ eligibility, currency }) => amount(eligibility.amountTo, currency),
	'eligibility.reasons': ({ eligibility }) =>
		eligibility.reasons ? list(eligibility.reasons.map(reasonText)) : m.product_value_none(),
	'eligibility.evidence': ({ eligibility }) =>
		eligibility.evidence ? list(eligibility.evidence.map(evidenceText)) : m.product_value_not_needed(),
	validityDays: ({ validityDays }) => String(validityDays),
	cureDays: ({ cureDays }) => String(cureDays),
	secondApproverFrom: ({ secondApproverFrom, currency }) => amount(secondApproverFrom, currency, m.product_value_never),
};

/** A product's name in the reader's language. */
export function nameText(product: Product): string {
	return productName(product, getLocale());
}

/** What a proposal asks for, in two or three words. */
export function changeText({
	change,
	baseVersion,
}: {
	readonly change: ProductChange;
	readonly baseVersion: number | null;
}): string {
	if (change === 'retire') return m.product_change_retire();
	return baseVersion === null
		? m.product_change_publish_first()
		: m.product_change_publish({ version: baseVersion + 1 });
}

/** For whom a product is, in a line. */
export function audienceText({ eligibility, currency }: Product): string {
	const parts = [daysText(eligibility), owedText(eligibility, currency)];
	if (eligibility.reasons) parts.push(reasonsText(eligibility.reasons));
	if (eligibility.evidence) parts.push(m.product_for_evidence());
	const said = parts.filter((part) => part !== undefined);
	return said.length > 0 ? said.join(m.product_sentence_joint()) : m.product_for_all();
}

/** A few reasons are named, more are counted. */
function reasonsText(reasons: readonly Reason[]): string {
	if (reasons.length > 3) return m.product_for_reasons({ count: reasons.length });
	return m.product_for_reasons_named({ reasons: list(reasons.map(reasonText)) });
}

function daysText({ daysPastDueFrom: from, daysPastDueTo: to }: Eligibility): string | undefined {
	if (from !== null && to !== null) return m.product_for_days({ from, to });
	if (from !== null) return m.product_for_days_from({ from });
	return to === null ? undefined : m.product_for_days_to({ to });
}

function owedText({ amountFrom, amountTo }: Eligibility, currency: string): string | undefined {
	const show = (value: Minor) => amountText(value, currency);
	if (amountFrom !== null && amountTo !== null) {
		return m.product_for_amount({ from: show(amountFrom), to: show(amountTo) });
	}
	if (amountFrom !== null) return m.product_for_amount_from({ from: show(amountFrom) });
	return amountTo === null ? undefined : m.product_for_amount_to({ to: show(amountTo) });
}

/** An amount as a field holds it: "500.00". */
export function typedAmount(value: Minor | null, currency: string): string {
	return value === null ? '' : formatAmount(value, currencyOf(currency));
}

/** Why a draft loses a product. */
export const LOST: Readonly<Record<LostBecause, () => string>> = {
	too_early: m.product_lost_too_early,
	too_late: m.product_lost_too_late,
	amount_too_small: m.product_lost_amount_too_small,
	amount_too_large: m.product_lost_amount_too_large,
	reason_not_given: m.product_lost_reason_not_given,
	reason_not_covered: m.product_lost_reason_not_covered,
	evidence_missing: m.product_lost_evidence_missing,
	nothing_owed: m.product_lost_nothing_owed,
	currency_not_offered: m.product_lost_currency_not_offered,
	instalments_not_offered: m.product_lost_instalments_not_offered,
	deferral_not_offered: m.product_lost_deferral_not_offered,
	first_due_date_past: m.product_lost_first_due_date_past,
	first_due_date_too_late: m.product_lost_first_due_date_too_late,
	retired: m.product_lost_retired,
};

/** How a proposal stands. */
export const PROPOSAL_STATES: Readonly<Record<ProposalStatus, () => string>> = {
	proposed: m.product_status_proposed,
	published: m.product_status_published,
	rejected: m.product_status_rejected,
	withdrawn: m.product_status_withdrawn,
};

/** Why a change could not be proposed. */
export const PROPOSE_REFUSALS: Readonly<Record<ProposeRefusal, () => string>> = {
	wrong_role: m.product_refused_wrong_role,
	outdated: m.product_refused_outdated_form,
	code_taken: m.product_refused_code_taken,
	not_offered: m.product_refused_not_offered,
	already_proposed: m.product_refused_already_proposed,
	why_missing: m.product_refused_why_missing,
};

/** Why a proposal could not be answered so. */
export const ANSWER_REFUSALS: Readonly<Record<AnswerRefusal | 'not_found' | 'terms_refused', () => string>> = {
	wrong_role: m.product_refused_wrong_role,
	closed: m.product_refused_closed,
	own_proposal: m.product_refused_own,
	not_yours: m.product_refused_not_yours,
	outdated: m.product_refused_outdated,
	note_missing: m.product_refused_note_missing,
	not_found: m.product_refused_closed,
	terms_refused: m.product_refused_terms,
};
