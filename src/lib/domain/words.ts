import { textIn, type Texts } from '#lib/domain/language.ts';

/** One text by language, as the bank keeps it in its settings. */
export type Words = Texts;

/** A text for a reader of a language, see `textIn`; empty where there is none at all. */
export function wordsIn(words: Words, language: string): string {
	return textIn(words, language) ?? '';
}
