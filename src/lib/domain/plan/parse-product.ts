import { EVIDENCE_KINDS } from '#lib/domain/application/evidence.ts';
import { REASONS } from '#lib/domain/application/reason.ts';
import { currencyOf } from '#lib/domain/money.ts';
import type { Currency } from '#lib/domain/money.ts';
import { Fields, orNull } from '#lib/domain/plan/fields.ts';
import type { Problem } from '#lib/domain/plan/fields.ts';
import {
	ACCRUALS,
	DEFAULT_CURE_DAYS,
	DEFAULT_VALIDITY_DAYS,
	LONGEST_TERM_MONTHS,
	PRODUCT_KINDS,
	WAIVERS_AT,
} from '#lib/domain/plan/product.ts';
import type { Eligibility, Product, Waivers } from '#lib/domain/plan/product.ts';
import { DEFERRAL_INTERESTS, METHODS } from '#lib/domain/plan/schedule.ts';

const KEYS =
	'code version kind currency method instalments periodicRate deferralMonths deferralInterest waivers accrual eligibility validityDays cureDays secondApproverFrom names'.split(
		' ',
	);
const ELIGIBILITY_KEYS = ['daysPastDueFrom', 'daysPastDueTo', 'amountFrom', 'amountTo', 'reasons', 'evidence'];

/** A product, or everything that is wrong with it. */
export type ParsedProduct =
	{ readonly ok: true; readonly product: Product } | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a product from plain JSON: amounts and rates are decimal strings, and null or absent means "no bound". Unknown
 * fields are refused, for a misspelt bound would otherwise be no bound at all.
 */
export function parseProduct(input: unknown): ParsedProduct {
	const fields = new Fields();
	const given = fields.record(input, '', KEYS);
	const code = fields.shaped(given['currency'], 'currency', /^[A-Z]{3}$/);
	const currency = currencyOf(code ?? 'CNY');
	const kind = fields.oneOf(given['kind'], 'kind', PRODUCT_KINDS);
	const months = (from: number) => (value: unknown, field: string) =>
		fields.wholeNumber(value, field, from, LONGEST_TERM_MONTHS);
	const product = {
		code: fields.shaped(given['code'], 'code', /^[a-z0-9][a-z0-9-]{0,63}$/),
		version: fields.wholeNumber(given['version'], 'version', 1, 2 ** 31 - 1),
		kind,
		currency: code,
		method: fields.oneOf(given['method'], 'method', METHODS),
		instalments: fields.list(given['instalments'], 'instalments', months(1)),
		periodicRate: fields.rate(given['periodicRate'], 'periodicRate'),
		deferralMonths: fields.list(given['deferralMonths'] ?? [], 'deferralMonths', months(1)),
		deferralInterest: orNull(given['deferralInterest'], (value) =>
			fields.oneOf(value, 'deferralInterest', DEFERRAL_INTERESTS),
		),
		waivers: readWaivers(fields, given['waivers']),
		accrual: fields.oneOf(given['accrual'] ?? 'waived', 'accrual', ACCRUALS),
		eligibility: readEligibility(fields, given['eligibility'], currency),
		validityDays: fields.wholeNumber(given['validityDays'] ?? DEFAULT_VALIDITY_DAYS, 'validityDays', 1, 365),
		cureDays: fields.wholeNumber(given['cureDays'] ?? DEFAULT_CURE_DAYS, 'cureDays', 1, 90),
		secondApproverFrom: orNull(given['secondApproverFrom'], (value) =>
			fields.amount(value, 'secondApproverFrom', currency),
		),
		names: readNames(fields, given['names']),
	};
	if (fields.problems.length === 0) noteContradictions(fields, product as Product);
	if (fields.problems.length > 0) return { ok: false, problems: fields.problems };
	return { ok: true, product: product as Product };
}

function readWaivers(fields: Fields, input: unknown): Partial<Waivers> {
	const given = fields.record(input, 'waivers', ['lateFeeShare', 'interestShare', 'at']);
	const share = (value: unknown, field: string) => {
		const rate = fields.rate(value, field);
		return rate && rate.numerator > rate.denominator ? fields.note(field, 'out_of_range') : rate;
	};
	const lateFeeShare = share(given['lateFeeShare'], 'waivers.lateFeeShare');
	const interestShare = share(given['interestShare'], 'waivers.interestShare');
	const at = fields.oneOf(given['at'], 'waivers.at', WAIVERS_AT);
	return { ...(lateFeeShare && { lateFeeShare }), ...(interestShare && { interestShare }), ...(at && { at }) };
}

function readEligibility(fields: Fields, input: unknown, currency: Currency): Partial<Eligibility> {
	const given = fields.record(input, 'eligibility', ELIGIBILITY_KEYS);
	const days = (key: string) =>
		orNull(given[key], (value) => fields.wholeNumber(value, `eligibility.${key}`, 0, 36_500)) ?? null;
	const amount = (key: string) =>
		orNull(given[key], (value) => fields.amount(value, `eligibility.${key}`, currency)) ?? null;
	const codes = <T extends string>(key: string, choices: readonly T[]) =>
		orNull(given[key], (value) =>
			fields.list(value, `eligibility.${key}`, (item, field) => fields.oneOf(item, field, choices)),
		) ?? null;
	return {
		daysPastDueFrom: days('daysPastDueFrom'),
		daysPastDueTo: days('daysPastDueTo'),
		amountFrom: amount('amountFrom'),
		amountTo: amount('amountTo'),
		reasons: codes('reasons', REASONS),
		evidence: codes('evidence', EVIDENCE_KINDS),
	};
}

function readNames(fields: Fields, input: unknown): Record<string, string> {
	const given = fields.record(input, 'names');
	const names: Record<string, string> = {};
	for (const [locale, value] of Object.entries(given)) {
		const name = fields.text(value, `names.${locale}`);
		if (name !== undefined) names[locale] = name;
	}
	if (input !== undefined && Object.keys(given).length === 0) fields.note('names', 'missing');
	return names;
}

/** What is well-formed field by field and yet cannot be meant. */
function noteContradictions(fields: Fields, product: Product): void {
	const { kind, instalments, deferralMonths, deferralInterest, eligibility } = product;
	if (instalments.length === 0) fields.note('instalments', 'missing');
	if (kind === 'deferral' && deferralMonths.length === 0) fields.note('deferralMonths', 'missing');
	if (kind === 'deferral' && deferralInterest === null) fields.note('deferralInterest', 'missing');
	if (kind === 'instalments' && deferralMonths.length > 0) fields.note('deferralMonths', 'contradiction');
	if (kind === 'instalments' && deferralInterest !== null) fields.note('deferralInterest', 'contradiction');
	const longest = Math.max(0, ...instalments) + Math.max(0, ...deferralMonths);
	if (longest > LONGEST_TERM_MONTHS) fields.note('instalments', 'out_of_range');
	if (product.periodicRate.numerator >= product.periodicRate.denominator) fields.note('periodicRate', 'out_of_range');
	const { daysPastDueFrom, daysPastDueTo, amountFrom, amountTo } = eligibility;
	if (daysPastDueTo !== null && daysPastDueTo < (daysPastDueFrom ?? 0)) {
		fields.note('eligibility.daysPastDueTo', 'contradiction');
	}
	if (amountTo !== null && amountTo < (amountFrom ?? 0)) fields.note('eligibility.amountTo', 'contradiction');
	if (eligibility.reasons?.length === 0) fields.note('eligibility.reasons', 'missing');
	if (eligibility.evidence?.length === 0) fields.note('eligibility.evidence', 'missing');
}
