/** The languages that the bank speaks to everybody in, the base first: where a text is missing in another, that one stands. */
export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One text by language, as the bank keeps it in its settings. */
export type Words = Readonly<Record<string, string>>;

/** A text in a language, else in the base one; empty where it has neither. */
export function wordsIn(words: Words, language: string): string {
	return words[language] ?? words[LANGUAGES[0]] ?? '';
}
