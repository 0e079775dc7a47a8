import * as m from '#lib/paraglide/messages.js';
import type { RuleProblem } from '#lib/server/desk-rule/rule-problems.ts';
import type { RuleGroup, RuleText } from './rule-form.ts';
import { partsText, sizeOf } from './rule-words.ts';

/** A problem in words, beside the field of the form that it is about; without a field where it is about the whole. */
export interface RuleError {
	readonly field: string;
	readonly text: string;
}

/** What is wrong, by the form's fields; `places` leads from the rule's lines back to those of the form. */
export function errorsOf(
	problems: readonly RuleProblem[],
	{ groups, places }: { groups: readonly RuleGroup[]; places: readonly number[] },
): { errors: RuleError[]; whole: string | undefined } {
	const texts = groups.flatMap((group) => group.texts);
	const errors = problems.flatMap((problem): RuleError[] => {
		const at = problem.at.replace(/^(items|reasons)\.(\d+)/, (_, list: string, n: string) => {
			return `${list}.${String(places[Number(n)])}`;
		});
		const own = texts.filter(({ name }) => name === at || name.startsWith(`${at}.`));
		const text = own.find((one) => own.length === 1 || isMeant(one, problem)) ?? own[0];
		return at !== '' && text ? [{ field: text.name, text: problemText(problem, text) }] : [];
	});
	const order = texts.map(({ name }) => name);
	const seen = new Set<string>();
	const once = errors.filter(({ field }) => !seen.has(field) && seen.add(field));
	const whole = problems.find(({ kind }) => ['nothing_needed', 'none_left', 'malformed'].includes(kind));
	return {
		errors: once.sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field)),
		whole: whole && WHOLE[whole.kind as keyof typeof WHOLE](),
	};
}

/** Of the languages of a text the one that the problem is about: the first that is empty, or lacks the last day. */
function isMeant({ value }: RuleText, { kind }: RuleProblem): boolean {
	return kind === 'no_day' ? !value.includes('{objectUntil}') : value.trim() === '';
}

function problemText({ kind }: RuleProblem, { part }: RuleText): string {
	switch (kind) {
		case 'missing':
			return m.rule_problem_missing();
		case 'long':
			return m.rule_problem_long({ most: sizeOf(part).most });
		case 'placeholder':
			return partsText(part) === ''
				? m.rule_problem_no_braces()
				: m.rule_problem_placeholder({ parts: partsText(part) });
		case 'no_day':
			return m.rule_problem_no_day({ parts: '{objectUntil}' });
		default:
			return WHOLE[kind]();
	}
}

const WHOLE = {
	nothing_needed: m.rule_problem_nothing_needed,
	none_left: m.rule_problem_none_left,
	malformed: m.rule_problem_malformed,
} as const;
