import * as v from 'valibot';
import { readTypedAmount } from '#lib/domain/application/typed-amount.ts';
import { currencyOf, formatAmount } from '#lib/domain/money.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import { percentOfRate, rateOfPercent } from '#lib/domain/plan/rate-percent.ts';
import { nearestLanguage } from '#lib/domain/language.ts';
import { locales } from '#lib/paraglide/runtime.js';
import { typedAmount } from './product-words.ts';

/** The field for a product's name in a language, under the path that a problem of it names. */
export type NameField = `names.${string}`;

/** The name's field for a language. */
export function nameField(tag: string): NameField {
	return `names.${tag}`;
}

const text = v.optional(v.pipe(v.string(), v.maxLength(200)), '');

const codes = v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(50));

/** One for each language of the portal. */
const names = Object.fromEntries(locales.map((tag) => [nameField(tag), text])) as Record<NameField, typeof text>;

const schema = v.object({
	code: text,
	base: v.optional(v.pipe(v.string(), v.regex(/^\d{0,9}$/)), ''),
	...names,
	kind: text,
	currency: text,
	method: text,
	instalments: v.optional(v.pipe(v.string(), v.maxLength(500)), ''),
	periodicRate: text,
	deferralMonths: v.optional(v.pipe(v.string(), v.maxLength(500)), ''),
	deferralInterest: text,
	'waivers.lateFeeShare': text,
	'waivers.interestShare': text,
	'waivers.at': text,
	accrual: text,
	'eligibility.daysPastDueFrom': text,
	'eligibility.daysPastDueTo': text,
	'eligibility.amountFrom': text,
	'eligibility.amountTo': text,
	'eligibility.reasons': codes,
	'eligibility.evidence': codes,
	validityDays: text,
	cureDays: text,
	secondApproverFrom: text,
	note: v.optional(v.pipe(v.string(), v.maxLength(4000)), ''),
	exampleAmount: text,
	exampleTerm: text,
	seen: text,
});

/** A product as typed, field by field under the path that a problem of it names; kept as it is, also where it is wrong. */
export type ProductFields = v.InferOutput<typeof schema> & { readonly [name in NameField]?: string };

/** Reads the form; undefined for what no page of ours can have sent. */
export function readProductForm(form: FormData): ProductFields | undefined {
	const lists = ['eligibility.reasons', 'eligibility.evidence'];
	const parsed = v.safeParse(schema, {
		...Object.fromEntries([...form].filter(([name]) => !lists.includes(name))),
		...Object.fromEntries(lists.map((name) => [name, form.getAll(name)])),
	});
	return parsed.success ? parsed.output : undefined;
}

/** What the form holds at first: the version that is to change, or a new product's usual beginnings. */
export function fieldsOf(product: Product | undefined): ProductFields {
	const { waivers, eligibility } = product ?? {};
	const currency = product?.currency ?? 'CNY';
	const bound = (days: number | null | undefined) => String(days ?? '');
	return {
		code: product?.code ?? '',
		base: product ? String(product.version) : '',
		...Object.fromEntries(locales.map((tag) => [nameField(tag), product?.names[tag] ?? ''])),
		kind: product?.kind ?? '',
		currency,
		method: product?.method ?? '',
		instalments: product?.instalments.join(', ') ?? '',
		periodicRate: product ? percentOfRate(product.periodicRate) : '',
		deferralMonths: product?.deferralMonths.join(', ') ?? '',
		deferralInterest: product?.deferralInterest ?? '',
		'waivers.lateFeeShare': waivers ? percentOfRate(waivers.lateFeeShare) : '0',
		'waivers.interestShare': waivers ? percentOfRate(waivers.interestShare) : '0',
		'waivers.at': waivers?.at ?? 'signing',
		accrual: product?.accrual ?? 'waived',
		'eligibility.daysPastDueFrom': bound(product ? eligibility?.daysPastDueFrom : 1),
		'eligibility.daysPastDueTo': bound(eligibility?.daysPastDueTo),
		'eligibility.amountFrom': typedAmount(eligibility?.amountFrom ?? null, currency),
		'eligibility.amountTo': typedAmount(eligibility?.amountTo ?? null, currency),
		'eligibility.reasons': [...(eligibility?.reasons ?? [])],
		'eligibility.evidence': [...(eligibility?.evidence ?? [])],
		validityDays: String(product?.validityDays ?? 7),
		cureDays: String(product?.cureDays ?? 15),
		secondApproverFrom: typedAmount(product?.secondApproverFrom ?? null, currency),
		note: '',
		exampleAmount: '10000',
		exampleTerm: '12',
		seen: '',
	};
}

/** The terms as plain JSON, as `parseProduct` reads them; what cannot be read goes through as typed, to be refused there. */
export function termsOf(fields: ProductFields): object {
	const currency = /^[A-Z]{3}$/.test(fields.currency) ? fields.currency : 'CNY';
	const given = (typed: string) => (typed.trim() === '' ? undefined : typed.trim());
	const orNull = (typed: string, read: (typed: string) => unknown) => (typed.trim() === '' ? null : read(typed));
	const needed = (typed: string, read: (typed: string) => unknown) => (typed.trim() === '' ? undefined : read(typed));
	const amount = (typed: string) => amountTerm(typed, currency);
	const { 'eligibility.reasons': reasons, 'eligibility.evidence': evidence } = fields;
	return {
		names: namesTerm(fields),
		kind: given(fields.kind),
		currency: given(fields.currency),
		method: given(fields.method),
		instalments: needed(fields.instalments, numbersTerm),
		periodicRate: needed(fields.periodicRate, rateOfPercent),
		deferralMonths: numbersTerm(fields.deferralMonths),
		deferralInterest: orNull(fields.deferralInterest, (typed) => typed),
		waivers: {
			lateFeeShare: needed(fields['waivers.lateFeeShare'], rateOfPercent),
			interestShare: needed(fields['waivers.interestShare'], rateOfPercent),
			at: given(fields['waivers.at']),
		},
		accrual: given(fields.accrual),
		eligibility: {
			daysPastDueFrom: orNull(fields['eligibility.daysPastDueFrom'], numberTerm),
			daysPastDueTo: orNull(fields['eligibility.daysPastDueTo'], numberTerm),
			amountFrom: orNull(fields['eligibility.amountFrom'], amount),
			amountTo: orNull(fields['eligibility.amountTo'], amount),
			reasons: reasons.length > 0 ? reasons : null,
			evidence: evidence.length > 0 ? evidence : null,
		},
		// An emptied field is no silent return to the usual number of days.
		validityDays: numberTerm(fields.validityDays),
		cureDays: numberTerm(fields.cureDays),
		secondApproverFrom: orNull(fields.secondApproverFrom, amount),
	};
}

/** The numbers of a list as typed, with commas of either width, blanks or the Chinese enumeration comma between them. */
export function typedNumbers(typed: string): string[] {
	return typed
		.normalize('NFKC')
		.split(/[\s,、;]+/)
		.filter(Boolean);
}

function numbersTerm(typed: string): (number | string)[] {
	return typedNumbers(typed).map(numberTerm);
}

function numberTerm(typed: string): number | string {
	const plain = typed.normalize('NFKC').trim();
	return /^\d{1,9}$/.test(plain) ? Number(plain) : typed;
}

function amountTerm(typed: string, code: string): string {
	const currency = currencyOf(code);
	const read = readTypedAmount(typed, currency);
	return read.ok ? formatAmount(read.amount, currency) : typed;
}

/** The names that were typed, by language. */
export function namesOf(fields: ProductFields): Record<string, string> {
	const typed = locales.map((tag) => [tag, fields[nameField(tag)]?.trim() ?? ''] as const);
	return Object.fromEntries(typed.filter(([, name]) => name !== ''));
}

/** The same; one is missing where no other is in its tongue, so that nobody reads a name that is foreign to them. */
function namesTerm(fields: ProductFields): Record<string, string | undefined> {
	const given = namesOf(fields);
	const missing = locales.filter((tag) => nearestLanguage(Object.keys(given), tag) === undefined);
	return { ...given, ...Object.fromEntries(missing.map((tag) => [tag, undefined] as const)) };
}
