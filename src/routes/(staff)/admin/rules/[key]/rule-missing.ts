import { toldInstead } from '#lib/domain/language.ts';
import type { RuleText } from './rule-form.ts';

/** A text of a form that is not written, with the language in which its readers are told it. */
export interface MissingText {
	readonly name: string;
	readonly language: string;
	readonly instead: string;
}

/** Every text of a group that is missing in a language; what is in none at all is not there, and not missing. */
export function missingOf(texts: readonly RuleText[]): MissingText[] {
	return [...new Set(texts.map(({ part }) => part))].flatMap((part) => {
		const own = texts.filter((text) => text.part === part);
		const written = own.filter(({ value }) => value.trim() !== '').map(({ language, value }) => [language, value]);
		const languages = own.map(({ language }) => language);
		const told: Readonly<Record<string, string>> = toldInstead(Object.fromEntries(written), languages);
		return own.flatMap(({ name, language }) => {
			const instead = told[language];
			return instead === undefined ? [] : [{ name, language, instead }];
		});
	});
}
