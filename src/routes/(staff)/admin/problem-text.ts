import type { FieldProblem, Problem } from '#lib/domain/plan/fields.ts';
import { languageText } from '#lib/messages/language-text.ts';
import * as m from '#lib/paraglide/messages.js';
import { PART_NAMES } from './product-words.ts';
import { type ProductFields, typedNumbers } from './product-form.ts';

/** What is wrong with a product as typed, one line a field, in the order of the form; each leads to its field. */
export function problemLines(
	problems: readonly Problem[],
	fields: ProductFields,
): readonly { field: string; text: string }[] {
	const found = new Map<string, string>();
	for (const { field: path, problem } of problems) {
		const item = /\[(\d+)\]$/.exec(path)?.[1];
		const field = path.replace(/\[\d+\]$/, '');
		if (found.has(field)) continue;
		const typed = typedOf(fields, field);
		const told = item === undefined ? typed : typedNumbers(typed)[Number(item)];
		const words = problemText(field, problem, item === undefined && LISTS.includes(field) ? '' : (told ?? ''));
		found.set(field, m.product_problem_line({ field: nameOf(field), problem: words }));
	}
	const order: readonly string[] = Object.keys(PART_NAMES);
	return [...found]
		.map(([field, text]) => ({ field, text }))
		.sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
}

function typedOf(fields: ProductFields, field: string): string {
	const value = Object.entries(fields).find(([key]) => key === field)?.[1];
	return typeof value === 'string' ? value : '';
}

function nameOf(field: string): string {
	if (field.startsWith('names.'))
		return m.product_part_name_in({ language: languageText(field.slice('names.'.length)) });
	return Object.entries(PART_NAMES).find(([part]) => part === field)?.[1]() ?? field;
}

function problemText(field: string, problem: FieldProblem, typed: string): string {
	switch (problem) {
		case 'missing':
			return CHOICES.includes(field) ? m.product_problem_choice_missing() : m.product_problem_missing();
		case 'not_one_of':
			return (SHAPES[field] ?? m.product_problem_not_one_of)();
		case 'out_of_range':
			return (RANGES[field] ?? m.product_problem_range)({ typed });
		case 'not_a_whole_number':
			return typed === '' ? m.product_problem_missing() : m.product_problem_not_a_whole_number({ typed });
		case 'contradiction':
			return (CONTRADICTIONS[field] ?? m.product_problem_contradiction)();
		default:
			return PLAIN[problem]();
	}
}

const LISTS = ['instalments', 'deferralMonths'];

const CHOICES = ['kind', 'method', 'waivers.at', 'accrual', 'deferralInterest'];

const SHAPES: Readonly<Record<string, () => string>> = {
	code: m.product_problem_code,
	currency: m.product_problem_currency,
};

/** A single number of a list is told with what was typed; the whole term, which no single number shows, without. */
const months = ({ typed }: { typed: string }) =>
	typed !== '' ? m.product_problem_months_range({ typed }) : m.product_problem_term_range();

const RANGES: Readonly<Record<string, (inputs: { typed: string }) => string>> = {
	instalments: months,
	deferralMonths: months,
	periodicRate: () => m.product_problem_rate_range(),
	'waivers.lateFeeShare': () => m.product_problem_share_range(),
	'waivers.interestShare': () => m.product_problem_share_range(),
	'eligibility.daysPastDueFrom': () => m.product_problem_days_range(),
	'eligibility.daysPastDueTo': () => m.product_problem_days_range(),
	validityDays: () => m.product_problem_validity_range(),
	cureDays: () => m.product_problem_cure_range(),
};

const CONTRADICTIONS: Readonly<Record<string, () => string>> = {
	deferralMonths: m.product_problem_contradiction_deferral,
	deferralInterest: m.product_problem_contradiction_deferral,
	'eligibility.daysPastDueTo': m.product_problem_contradiction_to,
	'eligibility.amountTo': m.product_problem_contradiction_to,
};

const PLAIN: Readonly<
	Record<
		Exclude<FieldProblem, 'missing' | 'not_one_of' | 'out_of_range' | 'not_a_whole_number' | 'contradiction'>,
		() => string
	>
> = {
	unknown_field: m.product_problem_unknown_field,
	not_a_record: m.product_problem_not_a_record,
	not_a_list: m.product_problem_not_a_list,
	not_text: m.product_problem_not_text,
	not_an_amount: m.product_problem_not_an_amount,
	not_a_rate: m.product_problem_not_a_rate,
	not_a_day: m.product_problem_not_a_day,
	repeated: m.product_problem_repeated,
};
