import { type Word, wordIn } from '#lib/messages/languages.ts';

/** A sentence of our papers; its words stand under `paper_<sentence>`. */
export type PaperWord = Word extends infer W ? (W extends `paper_${infer Rest}` ? Rest : never) : never;

/** What a sentence holds besides its words, as its reader sees it. */
export type PaperParts = Readonly<Record<string, string | number>>;

/**
 * The words of papers in a language (the nearest where we have none of it). They are read as data, apart from the pages' compiled
 * words, since papers are also written by jobs and commands. Throws where a sentence names a part that is not there.
 */
export function paperWords(locale: string): (word: PaperWord, parts?: PaperParts) => string {
	return (word, parts = {}) =>
		wordIn(locale, `paper_${word}`).replaceAll(/\{(\w+)\}/g, (_, name: string) => {
			const part = parts[name];
			if (part === undefined) throw new Error(`the sentence ${word} lacks its ${name}`);
			return String(part);
		});
}
