import * as v from 'valibot';
import type { DeskRule } from '#lib/domain/review/rule-change.ts';
import { checklistSchema } from '#lib/server/review/checklist-rules.ts';
import { declineSchema } from '#lib/server/review/decline-rules.ts';

/** What is wrong with a text, or with the whole. */
export type RuleProblemKind =
	'missing' | 'long' | 'placeholder' | 'no_day' | 'nothing_needed' | 'none_left' | 'malformed';

/** A problem with the place in the value: keys joined by dots, as in `items.0.words.en`; empty for the whole. */
export interface RuleProblem {
	readonly at: string;
	readonly kind: RuleProblemKind;
}

const SCHEMAS = { checks: checklistSchema, decline_letters: declineSchema } as const;

const BY_MESSAGE: Readonly<Record<string, RuleProblemKind>> = {
	'the base language is missing': 'missing',
	'a language is missing': 'missing',
	'an unknown placeholder': 'placeholder',
	'the way to object does not name its last day': 'no_day',
	'a reason would be approved with nothing checked': 'nothing_needed',
	'no reason can be given': 'none_left',
};

/** What is wrong with a rule before it may be in force, by the very schema by which it is read; nothing where it is right. */
export function ruleProblems(key: DeskRule, value: object): RuleProblem[] {
	const parsed = v.safeParse<v.GenericSchema>(SCHEMAS[key], value);
	return (parsed.issues ?? []).map((issue) => ({
		at: (issue.path ?? []).map((step) => String(step.key)).join('.'),
		kind: kindOf(issue),
	}));
}

function kindOf({ type, message }: v.BaseIssue<unknown>): RuleProblemKind {
	if (type === 'non_empty') return 'missing';
	if (type === 'max_length') return 'long';
	return BY_MESSAGE[message] ?? 'malformed';
}
