import { type Words, wordsIn } from '#lib/domain/words.ts';

/** Why an application is declined, as the bank words it. Its code is stored with each decision and never changes. */
export interface DeclineTemplate {
	readonly code: string;
	/** How the desk names it. */
	readonly name: Words;
	/** How the cardholder's page names it. */
	readonly reason: Words;
	/** What the cardholder reads; absent where only the agent knows what to say, who then has to write it. */
	readonly letter?: Words | undefined;
	/** Not given any more; what was declined for it keeps its name. */
	readonly isRetired?: boolean | undefined;
}

/** Everything that a letter to somebody who was declined is made from. */
export interface DeclineTemplates {
	readonly reasons: readonly DeclineTemplate[];
	/** The way to object. */
	readonly object: Words;
	/** The way to complain, where what was decided after an objection is final. */
	readonly final: Words;
	/** How the bank's number is called where there is none. */
	readonly phoneElse: Words;
}

/**
 * What a template's braces can stand for. Names, amounts and card numbers are none of them: a letter can be read over a shoulder,
 * and its words may come to stand in a message.
 */
export interface LetterParts {
	readonly bank: string;
	readonly phone: string;
	/** The last day on which one can object, as a person says it. */
	readonly objectUntil: string;
	/** Within how many working days an objection is answered. */
	readonly answerDays: number;
}

/** Which parts each kind of text may name; a way to object has to name its last day. */
export const PARTS_OF = {
	letter: ['bank', 'phone'],
	object: ['bank', 'phone', 'objectUntil', 'answerDays'],
	final: ['bank', 'phone'],
} as const satisfies Readonly<Record<string, readonly (keyof LetterParts)[]>>;

/** What stands in a text's braces, whatever it is; a brace that belongs to no pair comes back as it is. */
export function placeholdersOf(text: string): string[] {
	const pairs = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '');
	return [...pairs, ...(text.replaceAll(/\{[^{}]*\}/g, '').match(/[{}]/g) ?? [])];
}

/** What a cardholder is sent; frozen with the decision. */
export interface DeclineLetter {
	readonly code: string;
	readonly language: string;
	readonly reason: Words;
	/** The reason at length; empty where only the agent's own words say it. */
	readonly body: string;
	/** The way to object, or to complain. */
	readonly object: string;
}

/** The letter for a reason in the cardholder's language; `isFinal` where they have objected before. */
export function letterFor(
	{ code, reason, letter }: DeclineTemplate,
	{ templates, language, isFinal, parts }: LetterAsk,
): DeclineLetter {
	const phone = parts.phone || wordsIn(templates.phoneElse, language);
	const say = (words: Words) => fill(wordsIn(words, language), { ...parts, phone });
	const object = say(isFinal ? templates.final : templates.object);
	return { code, language, reason, body: letter ? say(letter) : '', object };
}

interface LetterAsk {
	readonly templates: DeclineTemplates;
	readonly language: string;
	readonly isFinal: boolean;
	readonly parts: LetterParts;
}

/** The whole text as it is sent: the reason, the agent's own words, the way to object. */
export function letterText({ body, object }: DeclineLetter, own: string): string {
	return [body, own.trim(), object].filter((part) => part !== '').join('\n\n');
}

function fill(text: string, parts: LetterParts): string {
	return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(parts[name as keyof LetterParts]));
}
