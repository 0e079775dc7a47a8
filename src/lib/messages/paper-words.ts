import en from '#lib/messages/paper.en.json' with { type: 'json' };
import zhCN from '#lib/messages/paper.zh-CN.json' with { type: 'json' };

/** A sentence of our papers. */
export type PaperWord = keyof typeof zhCN;

/** What a sentence holds besides its words, as its reader sees it. */
export type PaperParts = Readonly<Record<string, string | number>>;

const WORDS: Readonly<Record<string, Readonly<Record<PaperWord, string>>>> = { 'zh-CN': zhCN, en };

/** The languages that papers are written in. */
export const PAPER_LOCALES: readonly string[] = Object.keys(WORDS);

/**
 * The words of papers in a language (Chinese where we have none of it). They are read as data, apart from the pages' compiled
 * words, since papers are also written by jobs and commands. Throws where a sentence names a part that is not there.
 */
export function paperWords(locale: string): (word: PaperWord, parts?: PaperParts) => string {
	const words = WORDS[locale] ?? zhCN;
	return (word, parts = {}) =>
		words[word].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
			const part = parts[name];
			if (part === undefined) throw new Error(`the sentence ${word} lacks its ${name}`);
			return String(part);
		});
}
