import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BASE_LANGUAGE, nearestLanguage } from '#lib/domain/language.ts';
import type baseWords from '#lib/messages/zh-CN.json';

/*
 * Every language of the portal is one file beside this one, named by its tag. The pages take their words from what is compiled of
 * them; jobs and commands, which run without a build, and all that asks which languages there are, read the files. Never imported
 * by what runs in a browser.
 */

/** Where the words stand in the project: sources and build both lie under its root. */
const FOLDER = 'src/lib/messages';

/** A word's key. */
export type Word = keyof typeof baseWords;

/** A word as its file gives it: a text, or one for each plural form. */
type Entry = string | readonly unknown[];

let folder: string | undefined;
const read = new Map<string, Readonly<Record<string, Entry>>>();

let known: readonly string[] | undefined;

/** The tags of all languages, the base first; read once per process. */
export function languages(): readonly string[] {
	return (known ??= findLanguages());
}

function findLanguages(): readonly string[] {
	const tags = readdirSync(place())
		.filter((name) => name.endsWith('.json'))
		.map((name) => name.slice(0, -'.json'.length));
	return [BASE_LANGUAGE, ...tags.filter((tag) => tag !== BASE_LANGUAGE).sort()];
}

/** The language of the portal for somebody whose own is `locale`: the nearest, else the base. */
export function languageFor(locale: string): string {
	return nearestLanguage(languages(), locale) ?? BASE_LANGUAGE;
}

/**
 * A word in a language, or in the nearest one that there is, else in the base. Throws for a word with plural forms: those are
 * for pages.
 */
export function wordIn(locale: string, word: Word): string {
	const entry = wordsOf(languageFor(locale))[word] ?? wordsOf(BASE_LANGUAGE)[word];
	if (typeof entry !== 'string') throw new Error(`the word ${word} is no plain text`);
	return entry;
}

function wordsOf(language: string): Readonly<Record<string, Entry>> {
	let words = read.get(language);
	if (!words) {
		words = JSON.parse(readFileSync(join(place(), `${language}.json`), 'utf8')) as Record<string, Entry>;
		read.set(language, words);
	}
	return words;
}

function place(): string {
	return (folder ??= findFolder(import.meta.dirname));
}

function findFolder(from: string): string {
	const path = join(from, FOLDER);
	if (existsSync(path)) return path;
	const above = dirname(from);
	if (above === from) throw new Error(`${FOLDER} is missing from the installation`);
	return findFolder(above);
}
