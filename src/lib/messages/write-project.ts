import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASE_LANGUAGE } from '#lib/domain/language.ts';
import { languages } from '#lib/messages/languages.ts';

/** Where the compiler of the words looks for what it is to do. It is made from the files that there are, and kept by nobody. */
export const WORD_PROJECT = './src/lib/messages/project.inlang';

/** Writes the settings of the words' compiler: every language file, so that adding a language is adding its file. */
export function writeWordProject(): void {
	const settings = {
		baseLocale: BASE_LANGUAGE,
		locales: languages(),
		// The plugin's own address is on the internet; without it, nothing would be compiled and nothing said.
		modules: ['../../../node_modules/@inlang/plugin-message-format/dist/index.js'],
		'plugin.inlang.messageFormat': { pathPattern: './{locale}.json' },
	};
	const path = join(WORD_PROJECT, 'settings.json');
	const text = JSON.stringify(settings, null, 2);
	// An unchanged file is left alone: what watches it would start anew.
	if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
	mkdirSync(WORD_PROJECT, { recursive: true });
	writeFileSync(path, text);
}
