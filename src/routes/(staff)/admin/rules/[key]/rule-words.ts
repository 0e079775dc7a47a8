import { PARTS_OF } from '#lib/domain/review/decline-letter.ts';
import type { AnswerRefusal } from '#lib/domain/access/four-eyes.ts';
import type { RuleProposeRefusal } from '#lib/domain/review/rule-change.ts';
import { wordsIn } from '#lib/domain/words.ts';
import { languageText } from '#lib/messages/language-text.ts';
import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { reasonText } from '../../../desk/words.ts';
import type { RuleDifference, RuleGroup, RuleText, RuleTick, TextPart } from './rule-form.ts';

const PARTS: Readonly<Record<TextPart, () => string>> = {
	words: m.rule_part_words,
	name: m.rule_part_name,
	reason: m.rule_part_reason,
	letter: m.rule_part_letter,
	object: m.rule_part_object,
	final: m.rule_part_final,
	phoneElse: m.rule_part_phone_else,
};

/** What a text is, and in which language. */
export const textLabel = ({ part, language }: Pick<RuleText, 'part' | 'language'>) =>
	m.rule_text_label({ part: PARTS[part](), language: languageText(language) });

/** What a tick says; a hardship reason by its name. */
export function tickLabel({ part, reason }: Pick<RuleTick, 'part' | 'reason'>): string {
	if (part === 'for') return reasonText(reason ?? null);
	return { needed: m.rule_tick_needed, gone: m.rule_tick_gone, retired: m.rule_tick_retired }[part]();
}

/** The most characters of a text, and in how many rows it is written. */
export function sizeOf(part: TextPart): { most: number; rows: number | undefined } {
	if (part === 'words') return { most: 200, rows: undefined };
	return part === 'letter' || part === 'object' || part === 'final'
		? { most: 800, rows: 4 }
		: { most: 120, rows: undefined };
}

/** What may stand in a text's braces, as it is typed; empty where nothing may. */
export function partsText(part: TextPart): string {
	if (part !== 'letter' && part !== 'object' && part !== 'final') return '';
	return PARTS_OF[part].map((name) => `{${name}}`).join(' ');
}

export function titleOf({ code, title }: Pick<RuleGroup, 'code' | 'title'>, isChecks: boolean): string {
	if (code === null) return m.rule_group_all();
	if (code === '') return isChecks ? m.rule_group_new_check() : m.rule_group_new_reason();
	return wordsIn(title, getLocale());
}

/** What differs, named. */
export function differenceText({ code, title, of }: RuleDifference, isChecks: boolean): string {
	const label = 'language' in of ? textLabel(of) : tickLabel(of);
	return m.rule_difference({ name: titleOf({ code, title }, isChecks), part: label });
}

export const PROPOSE_REFUSED: Readonly<Record<RuleProposeRefusal, () => string>> = {
	wrong_role: m.product_refused_wrong_role,
	outdated: m.rule_refused_outdated_form,
	already_proposed: m.rule_refused_waiting,
	why_missing: m.product_refused_why_missing,
	unchanged: m.rule_refused_unchanged,
};

export const ANSWER_REFUSED: Readonly<Record<AnswerRefusal | 'value_refused', () => string>> = {
	wrong_role: m.product_refused_wrong_role,
	closed: m.product_refused_closed,
	own_proposal: m.product_refused_own,
	not_yours: m.product_refused_not_yours,
	outdated: m.rule_refused_outdated,
	note_missing: m.product_refused_note_missing,
	value_refused: m.rule_refused_value,
};
